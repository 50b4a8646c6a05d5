import { createKey, onBuckets, onObjects } from "./access-key";
import { createCronJob, noSchedule, type Operations } from "./backup";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import { drillsKept } from "./lib/quota";
import { databaseNames } from "./operation-job";
import { backupsPrefix, drillsPrefix, type Storage } from "./storage";

interface Wiring {
    storage: Storage;
    operations: Operations;
}

const folder = "/drill";
/** Long enough to read why one failed; its volume is paid for until then. */
const goesAfterSeconds = 24 * 3600;

/** The CronJob that tries a restore of the newest backup in a PostgreSQL of its own. It has no way to the live one, and no role there. */
export function createDrill(context: Context, inNamespace: Context, { storage, operations }: Wiring): void {
    const { settings } = context;
    const { backups } = storage;
    const key = createKey(context, inNamespace, "drill", names.drill, [
        onBuckets("FindBackups", [backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
        onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
        onObjects("AddResults", backups, drillsPrefix, ["s3:PutObject"]),
    ]);
    const never = settings.drillSchedule === "never";
    createCronJob(
        inNamespace,
        {
            ...operations.common,
            name: "drill",
            objectName: names.drill,
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
            dependsOn: [...operations.common.dependsOn, ...key.created],
        },
        {
            schedule: never ? noSchedule : settings.drillSchedule,
            suspend: never,
            kept: drillsKept,
            goesAfterSeconds,
            // Each try would claim one more volume. The script itself asks S3 again.
            backoffLimit: 0,
        },
    );
}
