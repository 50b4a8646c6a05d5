import type { Database } from "../database/database";
import { createCredentials } from "../identity/credentials";
import type { UsesCredentials } from "../identity/retire";
import { onBuckets, onObjects } from "../identity/rights";
import type { Cluster, Scope } from "../lib/scope";
import { bytes } from "../lib/units";
import type { Resolved } from "../parts";
import { emptyCaches } from "../restore/caches";
import type { Secrets } from "../secrets/secrets";
import { migrationsName } from "../migrations/names";
import { toEncrypt } from "../storage/keys";
import { backupsPrefix, schemasPrefix, type Storage } from "../storage/storage";
import { storageVariables } from "../storage/variables";
import { createCronJob } from "./cron-job";
import { backupPods, names, restorePods } from "./names";
import type { Operation, Variable } from "./operation";
import type { Scripts } from "./scripts";
import { createSeal } from "./seal";

interface Wiring {
    scripts: Scripts;
    secrets: Secrets;
    storage: Storage;
    database: Database;
}

/** What the stack's own backups and restores run with, for whatever else makes, reads or restores a backup. Ready are these two. */
export interface Operations extends UsesCredentials {
    backup: Operation;
    restore: Operation;
    /** What every script that has to do with backups runs with. */
    common: Pick<Operation, "bucketVariables" | "authorities" | "sealKey"> & Scripts;
}

/** The CronJob that makes backups, and a suspended one that is the template of restores. Each has a key and a role of its own. */
export function createBackup(scope: Scope, { scripts, secrets, storage, database }: Wiring): Operations {
    const { settings, cluster } = scope;
    const { schemas, backups } = storage;
    const backupKey = createCredentials(
        scope,
        {
            prefix: "backup-",
            account: names.backup,
            // A backup stands before changes of the database, in their pod.
            others: [migrationsName],
            secretName: names.backup,
            generation: settings.backupAccessKeyGeneration,
            asks: backups,
            rights: [
                onBuckets("ListSchemas", [schemas], ["s3:ListBucket", "s3:ListBucketVersions"]),
                onObjects("ReadSchemas", schemas, schemasPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
                onBuckets("FindBackups", [backups], ["s3:ListBucket"]),
                // It adds, and gives up its own unfinished uploads. It reads, lists and deletes no backup.
                onObjects("AddBackups", backups, backupsPrefix, ["s3:PutObject", "s3:AbortMultipartUpload"]),
                ...toEncrypt(storage),
            ],
        },
        scripts,
    );
    const restoreKey = createCredentials(
        scope,
        {
            prefix: "restore-",
            account: names.restore,
            secretName: names.restore,
            generation: settings.restoreAccessKeyGeneration,
            asks: backups,
            rights: [
                onBuckets("List", [schemas, backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
                onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
                onObjects("ReadWriteSchemas", schemas, schemasPrefix, [
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    "s3:PutObject",
                ]),
                ...toEncrypt(storage),
            ],
        },
        scripts,
    );

    const seal = createSeal(cluster);
    const common = {
        ...scripts,
        bucketVariables: bucketVariables(cluster, storage),
        authorities: [storage.authority?.certificates],
        sealKey: seal.key,
        ready: [...scripts.ready, ...seal.ready, ...(storage.authority?.certificates.ready ?? [])],
    };
    const ready = [...common.ready, ...secrets.ready, ...database.roles.ready, ...database.ready];
    const backup: Operation = {
        ...common,
        database,
        name: names.backup,
        pods: backupPods,
        role: database.roles.backup,
        key: backupKey,
        command: ["python3", "/operations/backup.py"],
        variables: [{ name: "APP_IMAGE", value: settings.appImage }],
        ready: [...ready, ...backupKey.ready],
    };
    const restore: Operation = {
        ...common,
        database,
        name: names.restore,
        pods: restorePods,
        role: database.roles.restore,
        key: restoreKey,
        // The same pod lists backups, with OPERATION=list.
        command: ["python3", "/operations/$(OPERATION).py"],
        variables: [
            { name: "OPERATION", value: "restore" },
            { name: "FROM", value: "" },
            { name: "VOLUME_BYTES", value: volumeBytes(settings) },
            { name: "EMPTY_CACHES", value: emptyCaches(settings) },
        ],
        ready: [...ready, ...restoreKey.ready],
    };
    const made = createCronJob(cluster, "backup", backup, { schedule: settings.backupSchedule, backoffLimit: 2 });
    // Whether to try a restore again is for somebody to decide.
    const restored = createCronJob(cluster, "restore", restore, { schedule: "never" });
    return {
        common,
        backup,
        restore,
        credentials: [backupKey, restoreKey],
        ready: [...made.ready, ...restored.ready],
    };
}

/** The size of the database's volume, where there is one of this stack. */
export const volumeBytes = (settings: Resolved) =>
    String(settings.postgresMode === "managed" ? bytes(settings.postgresStorageSize)! : 0);

function bucketVariables({ settings }: Cluster, { schemas, backups, authority }: Storage): Variable[] {
    return [
        { name: "SCHEMAS_BUCKET", value: schemas.bucket },
        { name: "BACKUPS_BUCKET", value: backups.bucket },
        ...storageVariables(settings, schemas.region, authority?.certificates),
    ];
}
