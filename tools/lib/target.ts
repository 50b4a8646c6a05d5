// The stack that a command is about: its settings, its namespace, and kubectl for its cluster.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "./exec";
import { kubectlOptions } from "./kubectl-options";
import { PlainError } from "./plain-error";
import type { Settings } from "./secret-values";
import { parse } from "./stack-file";

export interface Target {
    stack: string;
    /** Where its stack file is. */
    folder: string;
    /** By full key. Those that are secret have no value if `unread` says why. */
    settings: Settings;
    /** Why the engine did not tell them. */
    unread?: string;
    namespace: string;
    /** Runs kubectl against its cluster and returns what it says. Fails with kubectl's own message. */
    kubectl: (args: string[]) => Promise<string>;
}

/** Runs the CLI of Pulumi. It is told the stack each time, so that the one that is selected stays so. */
export const pulumi = ({ stack, folder }: Pick<Target, "stack" | "folder">, args: string[]) =>
    run("pulumi", ["--non-interactive", ...args, "--stack", stack], { cwd: folder });

/** What the stack file says, where no engine can be asked. */
function fromFile(stack: string, folder: string): Settings {
    // A stack may be named with its organization and project.
    const file = path.join(folder, `Pulumi.${path.basename(stack)}.yaml`);
    if (!fs.existsSync(file)) throw new PlainError(`There is no stack "${stack}": ${file} does not exist.`);
    const settings = Object.entries(parse(fs.readFileSync(file, "utf8"), file).config ?? {}).map(([key, value]) => {
        const secret = JSON.stringify(value).includes('"secure":');
        const text = typeof value === "string" ? value : JSON.stringify(value);
        return [key, secret ? { secret } : { value: text, secret }];
    });
    return Object.fromEntries(settings) as Settings;
}

async function settingsOf(stack: string, folder: string): Promise<Pick<Target, "settings" | "unread">> {
    try {
        const told = await pulumi({ stack, folder }, ["config", "--json", "--show-secrets"]);
        return { settings: JSON.parse(told) as Settings };
    } catch (error) {
        return { settings: fromFile(stack, folder), unread: (error as Error).message };
    }
}

/** Fails when there is no such stack. */
export async function targetOf(stack: string, folder: string): Promise<Target> {
    const { settings, unread } = await settingsOf(stack, folder);
    const given = (name: string) => settings[`kubernetes:${name}`]?.value;
    const where = kubectlOptions({
        kubeconfig: given("kubeconfig"),
        context: given("context"),
        cluster: given("cluster"),
    });
    const namespace = settings["justdb-cloud:namespace"]?.value || "justdb-cloud";
    return { stack, folder, settings, unread, namespace, kubectl: (args) => run("kubectl", [...where, ...args]) };
}
