// The stacks' own files, as the sandbox can use them: what points to another cluster, account or key is left out.
import * as fs from "node:fs";
import * as path from "node:path";
import { dump, loadAll, YAMLException } from "js-yaml";
import { repoDir } from "../tools/lib/paths";
import { PlainError } from "../tools/lib/plain-error";

interface StackFile {
    encryptionsalt?: string;
    config?: Record<string, unknown>;
}

/** The stacks that have a file of settings. */
export function stackNames(): string[] {
    const names = fs.readdirSync(repoDir).map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1]);
    return names.filter((name) => name !== undefined);
}

/** Which cluster and account: the sandbox's environment says so. */
const elsewhere = [
    "kubernetes:context",
    "kubernetes:kubeconfig",
    "kubernetes:cluster",
    "aws:profile",
    "aws:allowedAccountIds",
];

const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Fails when the engine could not read it. An empty file has no document, and an empty `config:` is null. */
export function parse(text: string, name = "the stack file"): StackFile {
    try {
        const content = loadAll(text)[0] ?? {};
        if (isMapping(content) && isMapping(content.config ?? {})) return content;
    } catch (error) {
        if (!(error instanceof YAMLException)) throw error;
        // Its own message goes on with the lines around the place.
        const { mark, reason } = error;
        const place = mark ? `line ${mark.line + 1}, column ${mark.column + 1}: ` : "";
        throw new PlainError(`${name} cannot be read: ${place}${reason}.`);
    }
    throw new PlainError(`${name} must be a mapping, with another one under the key config.`);
}

const isEncrypted = (value: unknown) => isMapping(value) && "secure" in value;

/** The text of a stack's file. Fails when the engine could not read it. */
export function readStackFile(stack: string): string {
    const name = `Pulumi.${stack}.yaml`;
    const text = fs.readFileSync(path.join(repoDir, name), "utf8");
    parse(text, name);
    return text;
}

/** The salt that the engine wrote into a copy, which its encrypted values need. */
export const saltOf = (copy: string): string | undefined => parse(copy).encryptionsalt;

const namespaceKey = "justdb-cloud:namespace";
/** The namespace of the stack of `make up`. */
export const sandboxNamespace = "justdb-cloud";

/** A namespace for another stack, which the stack of `make up` would be in the way of; undefined where it is not. */
export function ownNamespace(stack: string, file: string): Record<string, string> | undefined {
    const { [namespaceKey]: given = sandboxNamespace } = parse(file).config ?? {};
    return given === sandboxNamespace ? { [namespaceKey]: `${sandboxNamespace}-${stack}` } : undefined;
}

/**
 * The settings of `file` and those of `over` on top of them, with the sandbox's own salt if there is one already. Values that were
 * encrypted for the real stack cannot be read here: `leftOut` names them, with the other keys that do not count in the sandbox.
 */
export function sandboxSettings(
    file: string,
    salt?: string,
    over: Record<string, string> = {},
): { text: string; leftOut: string[] } {
    const config = parse(file).config ?? {};
    const leftOut = Object.keys(config).filter((key) => elsewhere.includes(key) || isEncrypted(config[key]));
    const kept = Object.entries(config).filter(([key]) => !leftOut.includes(key));
    const settings: StackFile = {
        ...(salt ? { encryptionsalt: salt } : {}),
        config: { ...Object.fromEntries(kept), ...over },
    };
    return { text: dump(settings), leftOut };
}
