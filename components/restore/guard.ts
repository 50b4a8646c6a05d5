import { restorePods } from "../backup/names";
import { operationJob } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import { names as databaseNames } from "../database/names";
import { checksum } from "../lib/checksum";
import { createAwaitedJob } from "../lib/job";
import type { Cluster, Waited } from "../lib/scope";
import { createServiceAccount } from "../lib/service-account";
import { forced } from "../lib/takeover";
import { names } from "./names";
import { archiveSource } from "./source";

/**
 * Stops an update whose restoreFrom names an archive while the database is still there. The operator recovers nothing then and says
 * nothing, and the database would go on in a new archive. Like the name of the Job of restoreFrom, its name ends with the hash of it: what has
 * passed once is not asked again, since the database that was recovered is there.
 */
export function createRestoreGuard(cluster: Cluster, scripts: Scripts): Waited {
    const { settings } = cluster;
    if (!archiveSource(settings)) return { ready: [] };

    const account = createServiceAccount(cluster, "restore-guard-account", names.guard);
    const { spec } = operationJob(cluster, {
        name: names.guard,
        // They ask the DNS alone, as those of restores may.
        pods: restorePods,
        command: ["python3", "/operations/database_gone.py"],
        bucketVariables: [],
        variables: [{ name: "DATABASE_SERVICE", value: databaseNames.service }],
        ready: [],
    });
    const name = `${names.guard}-${checksum(settings.restoreFrom).slice(0, 10)}`;
    return createAwaitedJob(
        cluster,
        "restore-guard",
        { name, takeover: forced, spec, ready: [account, ...scripts.ready] },
        // Nor is it asked again for a new image.
        { ignoreChanges: ["spec"] },
    );
}
