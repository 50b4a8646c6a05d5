import type * as pulumi from "@pulumi/pulumi";
import { isSet } from "../config/problems";
import { type Key, keys, type Resolved, schema } from "../parts";

/** The images that a stack runs, by the settings that name them. Pure. */
export function pulledImages(s: Resolved): Partial<Record<Key, pulumi.Input<string>>> {
    const unused: Key[] = [
        ...(s.redisMode === "external" ? (["redisImage"] as const) : []),
        ...(s.redisMetrics ? [] : (["redisExporterImage"] as const)),
        ...(s.postgresInstallOperator ? [] : (["postgresOperatorImage"] as const)),
        // Backups then run in an image of their own.
        ...(s.postgresMode === "external" && s.backupImage !== "" ? (["postgresImage"] as const) : []),
    ];
    const used = keys.filter((key) => schema[key].pulled && !unused.includes(key) && isSet(s[key]));
    return Object.fromEntries(used.map((key) => [key, s[key] as pulumi.Input<string>]));
}
