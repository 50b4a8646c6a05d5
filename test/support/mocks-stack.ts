import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import * as pulumi from "@pulumi/pulumi";
import type { JustDbCloudArgs } from "../../components";
import { readConfig } from "../../components/config/read";

const root = join(__dirname, "../..");

export interface DeclaredKey {
    description: string;
    default: unknown;
    secret?: boolean;
}

export const readYaml = (path: string): unknown => load(readFileSync(join(root, path), "utf8"));

/** The keys that Pulumi.yaml declares. */
export const declaredKeys = (): Record<string, DeclaredKey> =>
    (readYaml("Pulumi.yaml") as { config: Record<string, DeclaredKey> }).config;

/** The configuration that the engine would hand to the program: the stack's, over the defaults of Pulumi.yaml. */
export function engineConfig(stack: Record<string, unknown>): Record<string, string> {
    const defaults = Object.entries(declaredKeys()).map(([key, value]) => [`justdb-cloud:${key}`, value.default]);
    const merged = Object.entries({ ...Object.fromEntries(defaults), ...stack } as Record<string, unknown>);
    return Object.fromEntries(
        merged.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
    );
}

/** The arguments that the program makes of a configuration. */
export function argsOf(stack: Record<string, unknown>, secretKeys: string[] = []): JustDbCloudArgs {
    pulumi.runtime.setAllConfig(engineConfig(stack), secretKeys);
    return readConfig("justdb-cloud");
}

/** The arguments that the program makes of a stack's file. */
export function argsOfStack(name: string): JustDbCloudArgs {
    return argsOf((readYaml(`Pulumi.${name}.yaml`) as { config: Record<string, unknown> }).config);
}
