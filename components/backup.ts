import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { createKey, onBuckets, onObjects } from "./access-key";
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

/** A CronJob must have a schedule, even one that is suspended and only a template. */
export const noSchedule = "0 0 1 1 *";

/** What every script in operations/ needs. */
export interface Operations {
    scripts: Record<string, string>;
    bucketVariables: Variable[];
    /** The ConfigMap with the scripts. */
    configMap: core.ConfigMap;
}

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

    const dependsOn = [configMap, ...wiring.secrets.created, ...postgres.roles.created, ...postgres.ready];
    const common = { scripts, bucketVariables: bucketVariables(context, storage), postgres };
    const never = settings.backupSchedule === "never";
    createCronJob(inNamespace, {
        ...common,
        name: "backup",
        objectName: names.backup,
        role: postgres.roles.backup,
        key: backup,
        command: ["python3", "/operations/backup.py"],
        variables: [{ name: "APP_IMAGE", value: settings.appImage }],
        schedule: never ? noSchedule : settings.backupSchedule,
        suspend: never,
        backoffLimit: 2,
        dependsOn: [...dependsOn, ...backup.created],
    });
    const volume = settings.postgresMode === "managed" ? bytes(settings.postgresStorageSize)! : 0;
    createCronJob(inNamespace, {
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
            { name: "VOLUME_BYTES", value: String(volume) },
        ],
        schedule: noSchedule,
        suspend: true,
        // Whether to try again is for somebody to decide.
        backoffLimit: 0,
        dependsOn: [...dependsOn, ...restore.created],
    });
    return { scripts, bucketVariables: common.bucketVariables, configMap };
}

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

interface CronJobArgs extends Operation {
    schedule: string;
    suspend: boolean;
    /** Ended Jobs that are kept, of each end. */
    kept?: number;
    dependsOn: pulumi.Resource[];
}

/** The pod calls no Kubernetes API. */
export const createAccount = ({ child, metadata, options }: Context, suffix: string, name: string) =>
    new core.ServiceAccount(
        child(`${suffix}-account`),
        { metadata: metadata(name), automountServiceAccountToken: false },
        options(),
    );

export function createCronJob(context: Context, args: CronJobArgs): void {
    const { child, metadata, options } = context;
    const account = createAccount(context, args.name, args.objectName);
    new batch.CronJob(
        child(args.name),
        {
            metadata: metadata(args.objectName),
            spec: {
                schedule: args.schedule,
                timeZone: "Etc/UTC",
                suspend: args.suspend,
                concurrencyPolicy: "Forbid",
                startingDeadlineSeconds: 3600,
                successfulJobsHistoryLimit: args.kept ?? 3,
                failedJobsHistoryLimit: args.kept ?? 3,
                jobTemplate: operationJob(context, args),
            },
        },
        options({ dependsOn: [account, ...args.dependsOn] }),
    );
}
