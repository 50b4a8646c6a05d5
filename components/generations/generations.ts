// The numbers of all credentials, as the cluster knows them: an update that was cut off is completed before a next one, and none goes back
// to a credential that is gone. Kept with the database, which a protected stack leaves behind.
import * as core from "@pulumi/kubernetes/core/v1";
import type { Cluster, Waited } from "../lib/scope";
import type { Key, Resolved } from "../parts";
import { names } from "./names";

/** Every setting that is the number of a credential. Pure. */
export const generationKeys = (settings: Resolved): Key[] =>
    (Object.keys(settings) as Key[]).filter((key) => key.endsWith("Generation"));

/** Written before anything is made, and once more when the former credentials are of use to nobody. */
export function createGenerations({ settings, child, metadata, options }: Cluster, stage: keyof typeof names): Waited {
    const numbers = generationKeys(settings).map((key): [string, string] => [key, String(Number(settings[key]))]);
    const configMap = new core.ConfigMap(
        child(`generations-${stage}`),
        { metadata: metadata(names[stage]), data: Object.fromEntries(numbers) },
        options({ retainOnDelete: settings.protect }),
    );
    return { ready: [configMap] };
}
