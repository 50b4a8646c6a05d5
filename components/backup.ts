import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import { createKey, list, objects } from "./iam-key";
import { checksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import { bytes } from "./lib/units";
import { operationJob, type Operation, type Variable } from "./operation-job";
import type { Postgres } from "./postgres";
import type { Secrets } from "./secrets";
import { backupsPrefix, type Storage } from "./storage";

interface Wiring {
    secrets: Secrets;
    storage: Storage;
    postgres: Postgres;
}

/** What the stack's own backups and restores run with, for whatever else makes or restores a backup. */
export interface Operations {
    backup: Operation;
    restore: Operation;
}

/** A CronJob must have a schedule, even one that is suspended and only a template. */
const noSchedule = "0 0 1 1 *";

/** The CronJob that makes backups, and a suspended one that is the template of restores. Each has a key and a role of its own. */
export function createBackup(context: Context, inNamespace: Context, wiring: Wiring): Operations {
    const { settings, child, metadata } = context;
    const { storage, postgres } = wiring;
    const scripts = readScripts();
    const configMap = new core.ConfigMap(
        child("operations"),
        { metadata: metadata(names.operations), data: scripts },
        inNamespace.options(),
    );

    const { schemas, backups } = storage;
    const backup = createKey(context, inNamespace, "backup", names.backup, [
        list("ListSchemas", [schemas], ["s3:ListBucket", "s3:ListBucketVersions"]),
        objects("ReadSchemas", schemas, "schemas/", ["s3:GetObject", "s3:GetObjectVersion"]),
        list("FindBackups", [backups], ["s3:ListBucket"]),
        // It adds, and gives up its own unfinished uploads. It reads, lists and deletes no backup.
        objects("AddBackups", backups, backupsPrefix, ["s3:PutObject", "s3:AbortMultipartUpload"]),
    ]);
    const restore = createKey(context, inNamespace, "restore", names.restore, [
        list("List", [schemas, backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
        objects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
        objects("ReadWriteSchemas", schemas, "schemas/", ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]),
    ]);

    const dependsOn = [configMap, ...wiring.secrets.created, ...postgres.roles.created, ...postgres.ready];
    const common = {
        bucketVariables: bucketVariables(context, storage),
        postgres,
        annotations: { "justdb.cloud/scripts": checksum(JSON.stringify(scripts)) },
    };
    const operations: Operations = {
        backup: {
            ...common,
            name: "backup",
            objectName: names.backup,
            role: postgres.roles.backup,
            key: backup,
            command: ["python3", "/operations/backup.py"],
            variables: [{ name: "APP_IMAGE", value: settings.appImage }],
            backoffLimit: 2,
            dependsOn: [...dependsOn, ...backup.created],
        },
        restore: {
            ...common,
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
            // Whether to try again is for somebody to decide.
            backoffLimit: 0,
            dependsOn: [...dependsOn, ...restore.created],
        },
    };
    const never = settings.backupSchedule === "never";
    createCronJob(inNamespace, operations.backup, never ? noSchedule : settings.backupSchedule, never);
    createCronJob(inNamespace, operations.restore, noSchedule, true);
    return operations;
}

/** The size of the database's volume, where there is one of this stack. */
export const volumeBytes = ({ settings }: Context) =>
    String(settings.postgresMode === "managed" ? bytes(settings.postgresStorageSize)! : 0);

/** operations/*.py, by file name. */
function readScripts(): Record<string, string> {
    const folder = join(__dirname, "../operations");
    const files = readdirSync(folder).filter((file) => file.endsWith(".py"));
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

function bucketVariables({ settings }: Context, { schemas, backups }: Storage): Variable[] {
    return [
        { name: "SCHEMAS_BUCKET", value: schemas.bucket },
        { name: "BACKUPS_BUCKET", value: backups.bucket },
        { name: "AWS_DEFAULT_REGION", value: schemas.region },
        ...(settings.storageEndpoint === "" ? [] : [{ name: "AWS_ENDPOINT_URL", value: settings.storageEndpoint }]),
    ];
}

function createCronJob(context: Context, operation: Operation, schedule: string, suspend: boolean): void {
    const { child, metadata, options } = context;
    const account = new core.ServiceAccount(
        child(`${operation.name}-account`),
        { metadata: metadata(operation.objectName), automountServiceAccountToken: false },
        options(),
    );
    new batch.CronJob(
        child(operation.name),
        {
            metadata: metadata(operation.objectName),
            spec: {
                schedule,
                timeZone: "Etc/UTC",
                suspend,
                concurrencyPolicy: "Forbid",
                startingDeadlineSeconds: 3600,
                successfulJobsHistoryLimit: 3,
                failedJobsHistoryLimit: 3,
                jobTemplate: operationJob(context, operation),
            },
        },
        options({ dependsOn: [account, ...operation.dependsOn] }),
    );
}
