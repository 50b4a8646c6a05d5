import { type Operation, operationJob } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import { ofGeneration } from "../lib/generation";
import { createAwaitedJob } from "../lib/job";
import type { Cluster, Waited } from "../lib/scope";
import { storageVariables } from "../storage/variables";
import type { Credentials, Holder } from "./credentials";
import { acceptedPods } from "./names";

/** IAM takes seconds to make a key or a role known, and says up to some minutes. */
const patienceSeconds = 300;

/**
 * Asks S3 with new credentials until it takes them: IAM tells its many machines of them one by one, and those that do not know them yet
 * refuse. Ready when it does.
 */
export function createAccepted(cluster: Cluster, holder: Holder, credentials: Credentials, scripts: Scripts): Waited {
    const { settings } = cluster;
    const of = credentials.secretName === "" ? "role" : ofGeneration("key", holder.generation);
    const operation: Operation = {
        name: holder.account,
        pods: acceptedPods,
        key: credentials,
        command: ["python3", "/operations/accepted.py"],
        bucketVariables: storageVariables(settings, holder.asks.region),
        variables: [
            { name: "BUCKET", value: holder.asks.bucket },
            { name: "PATIENCE_SECONDS", value: String(patienceSeconds) },
        ],
        ready: [],
    };
    const { spec } = operationJob(cluster, operation, { endsAfterSeconds: patienceSeconds + 300 });
    return createAwaitedJob(cluster, `${holder.prefix}${of}-accepted`, {
        name: `${holder.secretName}-${of}-accepted`,
        spec,
        ready: [...credentials.ready, ...scripts.ready],
    });
}
