// One archive of what somebody needs who is to find out what is wrong with a stack, with no secret in it.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { run } from "../lib/exec";
import { scrubber, secretText, withoutLookalikes } from "../lib/scrub";
import { targetOf, type Target } from "../lib/target";
import { clusterPart } from "./cluster";
import { logsPart } from "./logs";
import { objectsPart, secretNames } from "./objects";
import { Collection, type Files } from "./parts";
import { prometheusPart } from "./prometheus";
import { type Known, knownSecrets } from "./secrets";
import { settingsFile, stateFiles } from "./stack";

export interface BundleOptions {
    stack: string;
    /** Where its stack file is. */
    folder: string;
    /** Where the archive goes. */
    into: string;
    /** URL of a Prometheus. */
    prometheus?: string;
    /** What the doctor says of the stack, as JSON. */
    doctor?: () => Promise<string>;
}

export interface Bundle {
    archive: string;
    files: Files;
    errors: string[];
    /** Whose secrets are not known, so that they were taken out by their look only. */
    missing: string[];
}

/** What is in it, in the order in which to look. */
const contents: [string, string][] = [
    ["errors.txt", "what could not be had, and why"],
    ["doctor.json", "what the doctor finds: each code is explained in docs/doctor.md"],
    ["pods.txt, pods-used.txt", "the pods, and what they use where the cluster has a metrics-server"],
    ["events.txt", "the events of the namespace, oldest first"],
    ["alerts.yaml", "the alerts of Prometheus that are pending or firing, where its URL was given"],
    ["logs/POD/CONTAINER.log", "the end of each log; .previous.log is that of the container before its last restart"],
    ["logs/operator/", "what the database's operator says of this namespace"],
    ["objects/KIND.yaml", "every object of the namespace but Secrets"],
    ["secrets.txt", "names, types and keys of the Secrets"],
    ["cluster/", "version, nodes, storage classes, definitions and their versions"],
    ["stack/", "Pulumi's resources by type and name, what an update left unfinished, the settings"],
];

async function collect(
    target: Target,
    known: Known,
    { prometheus, doctor }: Pick<BundleOptions, "prometheus" | "doctor">,
): Promise<Collection> {
    const collection = new Collection();
    const parts = [clusterPart, objectsPart, logsPart, prometheusPart(prometheus)];
    await Promise.all([
        ...parts.map((part) => part(collection, target)),
        collection.add("secrets.txt", () => secretNames(known.objects)),
        collection.add("stack/settings.yaml", () => settingsFile(target)),
        ...(doctor ? [collection.add("doctor.json", doctor)] : []),
    ]);
    if (known.state) Object.assign(collection.files, stateFiles(known.state));
    return collection;
}

function readme({ stack, namespace }: Target, made: string, { sources, missing }: Known, replaced: number): string {
    const width = Math.max(...contents.map(([file]) => file.length));
    return [
        `Stack ${stack}, namespace ${namespace}, as it was at ${made}.`,
        "",
        ...contents.map(([file, what]) => `${file.padEnd(width)}  ${what}`),
        "",
        `Secrets: ${secretText} stands in ${replaced} places for a value. Taken out were, in plain and encoded,`,
        ...[...sources.sort(), "what looks like a password, a token or a key"].map((one) => `- ${one}`),
        ...missing,
        "Names of hosts, users, schemas and buckets are in it, and a secret that neither the stack nor a Secret of the namespace",
        "holds, and that looks like none, would be too: read it before it is sent.",
        "",
    ].join("\n");
}

async function pack(name: string, files: Files, into: string): Promise<string> {
    const archive = path.join(into, `${name}.tar.gz`);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bundle-"));
    try {
        for (const [file, text] of Object.entries(files)) {
            const place = path.join(folder, name, file);
            fs.mkdirSync(path.dirname(place), { recursive: true });
            fs.writeFileSync(place, text);
        }
        fs.writeFileSync(archive, "", { mode: 0o600 });
        await run("tar", ["-czf", archive, "-C", folder, name]);
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
    return archive;
}

export async function makeBundle({ stack, folder, into, ...asked }: BundleOptions): Promise<Bundle> {
    const target = await targetOf(stack, folder);
    const known = await knownSecrets(target);
    const byValue = scrubber(known.values);
    const clean = (text: string) => withoutLookalikes(byValue(text), known.open);
    const { files: found, errors: reasons } = await collect(target, known, asked);
    const errors = reasons.map(clean).sort();
    const texts = { ...found, ...(errors.length > 0 ? { "errors.txt": errors.join("\n\n") } : {}) };
    const files: Files = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, clean(text)]));
    const replaced = Object.values(files).reduce((sum, text) => sum + text.split(secretText).length - 1, 0);
    const made = new Date().toISOString();
    files["README.txt"] = clean(readme(target, made, known, replaced));
    const name = `bundle-${stack.replaceAll("/", "-")}-${made.slice(0, 19).replace(/[-:]/g, "")}Z`;
    return { archive: await pack(name, files, into), files, errors, missing: known.missing.map(clean) };
}
