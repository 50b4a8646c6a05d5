import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@pulumi/kubernetes/core/v1";
import { checksum } from "../lib/checksum";
import type { Cluster } from "../lib/scope";
import { names } from "./names";
import type { Operation } from "./operation";

/** What the pods of every script share: the scripts themselves, and new pods for new scripts. */
export type Scripts = Pick<Operation, "annotations" | "ready">;

/** The ConfigMap with all scripts. */
export function createScripts({ child, metadata, options }: Cluster): Scripts {
    const scripts = readScripts();
    const configMap = new core.ConfigMap(
        child("operations"),
        { metadata: metadata(names.scripts), data: scripts },
        options(),
    );
    return { annotations: { "justdb.cloud/scripts": checksum(JSON.stringify(scripts)) }, ready: [configMap] };
}

/** What runs in the pods, by file name: programs and modules are one folder there, as a ConfigMap has no other. */
export function readScripts(folder = join(__dirname, "scripts")): Record<string, string> {
    const files = [folder, join(folder, "lib")].flatMap((from) =>
        readdirSync(from)
            .filter((file) => /\.(?:py|json)$/.test(file))
            .map((file) => ({ file, content: readFileSync(join(from, file), "utf8") })),
    );
    files.sort((one, other) => (one.file < other.file ? -1 : 1));
    const twice = files.find(({ file }, index) => file === files[index + 1]?.file);
    if (twice) throw new Error(`${folder} has a program and a module of one name, ${twice.file}: rename the module`);
    return Object.fromEntries(files.map(({ file, content }) => [file, content]));
}
