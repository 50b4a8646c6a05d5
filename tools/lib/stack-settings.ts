// The settings of a stack, as its file says them: no engine is asked, and no secret is read.
import * as pulumi from "@pulumi/pulumi";
import { SettingsError } from "../../components/config/error";
import { readConfig } from "../../components/config/read";
import { resolve } from "../../components/config/resolve";
import { type JustDbCloudArgs, type Key, type Resolved, schema } from "../../components/parts";
import { PlainError } from "./plain-error";
import { isEncrypted, parse, readStackFile, stackNames } from "./stack-file";

export const project = "justdb-cloud";

/** Fails with all that is wrong with them. In the place of a secret is a text that could be one. */
export const settingsOf = (stack: string): Resolved => settingsIn(configOf(stack));

/** The part `config` of a stack's file. */
export function configOf(stack: string): Record<string, unknown> {
    if (!stackNames().includes(stack)) {
        throw new PlainError(`There is no Pulumi.${stack}.yaml. Stacks that have a file: ${stackNames().join(", ")}.`);
    }
    return parse(readStackFile(stack)).config ?? {};
}

/** Of a file's part `config`. */
export const settingsIn = (config: Record<string, unknown>): Resolved => resolve(argsIn(config), "justdb");

/** What the program makes of it. */
export function argsIn(config: Record<string, unknown>): JustDbCloudArgs {
    const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
    const texts = own.map(([key, value]) => [key, textOf(key.slice(project.length + 1), value)]);
    const encrypted = own.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
    pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>, encrypted);
    try {
        return readConfig(project);
    } catch (error) {
        throw error instanceof SettingsError ? new PlainError(error.message) : error;
    }
}

/** As the engine hands it to the program. */
function textOf(key: string, value: unknown): string {
    if (!isEncrypted(value)) return typeof value === "string" ? value : JSON.stringify(value);
    const { secret, input, example } = schema[key as Key] ?? {};
    if (secret) return "x".repeat(64);
    // Nothing but the content of objects follows from it.
    if (input) return String(example);
    throw new PlainError(
        `${key} is encrypted, and cannot be read without the engine. It is no secret: set it in plain.`,
    );
}
