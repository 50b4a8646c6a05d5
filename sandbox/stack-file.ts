// The stacks' own files, as the sandbox can use them: what points to another cluster, account or key is left out.
import { dump } from "js-yaml";
import { isEncrypted, parse, type StackFile } from "../tools/lib/stack-file";

/** Which cluster and account: the sandbox's environment says so. */
const elsewhere = [
    "kubernetes:context",
    "kubernetes:kubeconfig",
    "kubernetes:cluster",
    "aws:profile",
    "aws:allowedAccountIds",
];

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
