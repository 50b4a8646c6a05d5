// What a stack's own file says, without the engine: its settings, and which cluster and account they are for.
import type { JustDbCloudArgs } from "../../components";
import { isEncrypted } from "../lib/stack-file";
import { argsIn, configOf, project } from "../lib/stack-settings";

export interface OfStack {
    args: JustDbCloudArgs;
    /** Settings whose values are encrypted. What they name cannot be looked for. */
    unread: string[];
    /** Where they are set: the file of kubectl, or what stands in that, its context and cluster; the profile and region of AWS. */
    kubeconfig: string;
    context: string;
    cluster: string;
    profile: string;
    region: string;
}

/** Fails, as `pulumi up` would, where the settings are wrong; and where there is no such stack. */
export const readStack = (name: string): OfStack => ofStack(configOf(name));

/** The same of a file's part `config`. */
export function ofStack(config: Record<string, unknown>): OfStack {
    const text = (key: string) => (typeof config[key] === "string" ? config[key] : "");
    const prefix = `${project}:`;
    const encrypted = Object.keys(config).filter((key) => isEncrypted(config[key]));
    return {
        args: argsIn(config),
        unread: encrypted.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
        kubeconfig: text("kubernetes:kubeconfig"),
        context: text("kubernetes:context"),
        cluster: text("kubernetes:cluster"),
        profile: text("aws:profile"),
        region: text("aws:region"),
    };
}
