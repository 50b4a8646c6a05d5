import type { Operations } from "../backup/backup";
import { createCronJob } from "../backup/cron-job";
import { databaseNames } from "../backup/operation";
import { createCredentials } from "../identity/credentials";
import type { UsesCredentials } from "../identity/retire";
import { onBuckets, onObjects } from "../identity/rights";
import type { Scope } from "../lib/scope";
import { toEncrypt } from "../storage/keys";
import { backupsPrefix, drillsPrefix, type Storage } from "../storage/storage";
import { drillsKept } from "./demands";
import { drillName, drillPods } from "./names";

interface Wiring {
    storage: Storage;
    operations: Operations;
}

const folder = "/drill";
/** Long enough to read why one failed; its volume is paid for until then. */
const goesAfterSeconds = 24 * 3600;

/** The CronJob that tries a restore of the newest backup in a PostgreSQL of its own. It has no way to the live one, and no role there. */
export function createDrill(scope: Scope, { storage, operations }: Wiring): UsesCredentials {
    const { settings, cluster } = scope;
    const { backups } = storage;
    const key = createCredentials(
        scope,
        {
            prefix: "drill-",
            account: drillName,
            secretName: drillName,
            generation: settings.drillAccessKeyGeneration,
            asks: backups,
            rights: [
                onBuckets("FindBackups", [backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
                onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
                onObjects("AddResults", backups, drillsPrefix, ["s3:PutObject"]),
                ...toEncrypt(storage),
            ],
        },
        operations.common,
    );
    const { ready } = createCronJob(
        cluster,
        "drill",
        {
            ...operations.common,
            name: drillName,
            pods: drillPods,
            key,
            command: ["python3", "/operations/drill.py"],
            variables: [
                ...databaseNames(settings),
                { name: "FROM", value: "latest" },
                { name: "BACKUP_MAX_AGE_SECONDS", value: String(settings.backupMaxAgeHours * 3600) },
                { name: "DRILL_FOLDER", value: folder },
            ],
            scratch: {
                mountPath: folder,
                size: settings.drillStorageSize,
                storageClass: settings.postgresStorageClass,
            },
            ready: [...operations.common.ready, ...key.ready],
        },
        // No other pod tries again: each would claim one more volume. The script itself asks S3 again.
        { schedule: settings.drillSchedule, kept: drillsKept, goesAfterSeconds },
    );
    return { credentials: [key], ready };
}
