import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import { createKey, onBuckets, onObjects } from "./access-key";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import { bytes } from "./lib/units";
import { type Operation, operationJob, type Tries, type Variable } from "./operation-job";
import type { Postgres } from "./postgres";
import type { Scripts } from "./scripts";
import type { Secrets } from "./secrets";
import { backupsPrefix, type Storage } from "./storage";

interface Wiring {
    scripts: Scripts;
    secrets: Secrets;
    storage: Storage;
    postgres: Postgres;
}

/** What the stack's own backups and restores run with, for whatever else makes, reads or restores a backup. */
export interface Operations {
    backup: Operation;
    restore: Operation;
    /** What every script runs with. */
    common: Pick<Operation, "bucketVariables"> & Scripts;
}

/** A CronJob must have a schedule, even one that is suspended and only a template. */
export const noSchedule = "0 0 1 1 *";

/** The CronJob that makes backups, and a suspended one that is the template of restores. Each has a key and a role of its own. */
export function createBackup(context: Context, inNamespace: Context, wiring: Wiring): Operations {
    const { settings } = context;
    const { scripts, storage, postgres } = wiring;
    const { schemas, backups } = storage;
    const backup = createKey(context, inNamespace, "backup", names.backup, [
        onBuckets("ListSchemas", [schemas], ["s3:ListBucket", "s3:ListBucketVersions"]),
        onObjects("ReadSchemas", schemas, "schemas/", ["s3:GetObject", "s3:GetObjectVersion"]),
        onBuckets("FindBackups", [backups], ["s3:ListBucket"]),
        // It adds, and gives up its own unfinished uploads. It reads, lists and deletes no backup.
        onObjects("AddBackups", backups, backupsPrefix, ["s3:PutObject", "s3:AbortMultipartUpload"]),
    ]);
    const restore = createKey(context, inNamespace, "restore", names.restore, [
        onBuckets("List", [schemas, backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
        onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
        onObjects("ReadWriteSchemas", schemas, "schemas/", ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]),
    ]);

    const common: Operations["common"] = {
        bucketVariables: bucketVariables(context, storage),
        ...scripts,
    };
    const dependsOn = [...scripts.dependsOn, ...wiring.secrets.created, ...postgres.roles.created, ...postgres.ready];
    const operations: Operations = {
        common,
        backup: {
            ...common,
            postgres,
            name: "backup",
            objectName: names.backup,
            role: postgres.roles.backup,
            key: backup,
            command: ["python3", "/operations/backup.py"],
            variables: [{ name: "APP_IMAGE", value: settings.appImage }],
            dependsOn: [...dependsOn, ...backup.created],
        },
        restore: {
            ...common,
            postgres,
            name: "restore",
            objectName: names.restore,
            role: postgres.roles.restore,
            key: restore,
            // The same pod lists backups, with OPERATION=list.
            command: ["python3", "/operations/$(OPERATION).py"],
            variables: [
                { name: "OPERATION", value: "restore" },
                { name: "FROM", value: "" },
                { name: "VOLUME_BYTES", value: volumeBytes(context) },
            ],
            dependsOn: [...dependsOn, ...restore.created],
        },
    };
    const never = settings.backupSchedule === "never";
    createCronJob(inNamespace, operations.backup, {
        schedule: never ? noSchedule : settings.backupSchedule,
        suspend: never,
        backoffLimit: 2,
    });
    // Whether to try a restore again is for somebody to decide.
    createCronJob(inNamespace, operations.restore, { schedule: noSchedule, suspend: true, backoffLimit: 0 });
    return operations;
}

/** The size of the database's volume, where there is one of this stack. */
export const volumeBytes = ({ settings }: Context) =>
    String(settings.postgresMode === "managed" ? bytes(settings.postgresStorageSize)! : 0);

function bucketVariables({ settings }: Context, { schemas, backups }: Storage): Variable[] {
    return [
        { name: "SCHEMAS_BUCKET", value: schemas.bucket },
        { name: "BACKUPS_BUCKET", value: backups.bucket },
        { name: "AWS_DEFAULT_REGION", value: schemas.region },
        ...(settings.storageEndpoint === "" ? [] : [{ name: "AWS_ENDPOINT_URL", value: settings.storageEndpoint }]),
    ];
}

/** The pod calls no Kubernetes API. */
export const createAccount = ({ child, metadata, options }: Context, suffix: string, name: string) =>
    new core.ServiceAccount(
        child(`${suffix}-account`),
        { metadata: metadata(name), automountServiceAccountToken: false },
        options(),
    );

interface Schedule extends Tries {
    schedule: string;
    suspend: boolean;
    /** Ended Jobs that are kept, of each end. */
    kept?: number;
}

export function createCronJob(context: Context, operation: Operation, run: Schedule): void {
    const { child, metadata, options } = context;
    const account = createAccount(context, operation.name, operation.objectName);
    new batch.CronJob(
        child(operation.name),
        {
            metadata: metadata(operation.objectName),
            spec: {
                schedule: run.schedule,
                timeZone: "Etc/UTC",
                suspend: run.suspend,
                concurrencyPolicy: "Forbid",
                startingDeadlineSeconds: 3600,
                successfulJobsHistoryLimit: run.kept ?? 3,
                failedJobsHistoryLimit: run.kept ?? 3,
                jobTemplate: operationJob(context, operation, run),
            },
        },
        options({ dependsOn: [account, ...operation.dependsOn] }),
    );
}
