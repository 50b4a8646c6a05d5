// The stacks' own files, as the sandbox can use them: what points to another cluster, account or key is left out.
import * as fs from "node:fs";
import { dump, loadAll } from "js-yaml";
import { repoDir } from "../tools/lib/paths";

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

/** An empty file has no document. */
const parse = (file: string) => (loadAll(file)[0] ?? {}) as StackFile;

const isEncrypted = (value: unknown) => typeof value === "object" && value !== null && "secure" in value;

/** The salt that the engine wrote into a copy, which its encrypted values need. */
export const saltOf = (copy: string): string | undefined => parse(copy).encryptionsalt;

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
