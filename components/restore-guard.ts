import * as batch from "@pulumi/kubernetes/batch/v1";
import type * as pulumi from "@pulumi/pulumi";
import { createAccount } from "./backup";
import { checksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { inTurn, madeAgain } from "./lib/job";
import { names } from "./lib/names";
import { archiveSource } from "./lib/restore-source";
import { operationJob } from "./operation-job";
import type { Scripts } from "./scripts";

/**
 * Stops an update whose restoreFrom names an archive while the database is still there. The operator recovers nothing then and says
 * nothing, and the database would go on in a new archive. Like the Job of restoreFrom it bears the hash of it in its name: what has
 * passed once is not asked again, since the database that was recovered is there.
 */
export function createRestoreGuard(context: Context, scripts: Scripts): pulumi.Resource[] {
    const { settings, child, metadata, options } = context;
    if (!archiveSource(settings)) return [];

    const account = createAccount(context, "restore-guard", names.restoreGuard);
    const { spec } = operationJob(
        context,
        {
            // Its pods ask the DNS alone, as those of restores may.
            name: "restore",
            objectName: names.restoreGuard,
            command: ["python3", "/operations/database_gone.py"],
            bucketVariables: [],
            variables: [{ name: "DATABASE_SERVICE", value: names.postgresService }],
            dependsOn: [],
        },
        { backoffLimit: 2 },
    );
    const name = `${names.restoreGuard}-${checksum(settings.restoreFrom).slice(0, 10)}`;
    const job = new batch.Job(
        child("restore-guard"),
        { metadata: metadata(name, { annotations: madeAgain }), spec: spec! },
        // Nor is it asked again for a new image.
        options({ ...inTurn, ignoreChanges: ["spec"], dependsOn: [account, ...scripts.dependsOn] }),
    );
    return [job];
}
