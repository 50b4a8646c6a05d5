import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { Database } from "../database/database";
import { majorOf } from "../database/image";
import { names as databaseNames } from "../database/names";
import { type AccessKey, bucketBeside, createKey, onBuckets, onObjects } from "../identity/access-key";
import { withSeconds } from "../lib/schedule";
import { type Cluster, retained, type Scope, type Waited } from "../lib/scope";
import type { Resolved } from "../parts";
import { type ArchiveSource, archiveSource, sourceKmsKeys } from "../restore/source";
import { toDecrypt, toEncrypt } from "../storage/keys";
import type { Storage } from "../storage/storage";
import { names } from "./names";
import { archivePrefix, baseBackup, objectStore, s3Credentials } from "./store";

/** Ready is what the database needs to archive, as long as it lives, and to be recovered. */
export interface Archive extends Waited {
    /** Name of the archive that the database writes; empty where it writes none. */
    name: pulumi.Output<string>;
}

/** Where the database archives to, and what it is recovered from. Nothing, for an external one. */
export function createArchive(scope: Scope, storage: Storage): Archive {
    const { settings } = scope;
    const none: Archive = { name: pulumi.output(""), ready: [] };
    if (settings.postgresMode !== "managed") return none;
    const source = archiveSource(settings);
    const recovered = source ? createSource(scope, storage, source) : none;
    // A database that outlives the stack goes on archiving, and without its archive the operator lets no standby take over.
    const written = settings.postgresArchive ? createTarget(retained(scope), storage) : none;
    return { name: written.name, ready: [...written.ready, ...recovered.ready] };
}

/**
 * A new database writes to an archive that is new too: the name changes with the archive that the database is recovered from, and stays
 * when restoreFrom is taken out again. It is in no value of the chart, which could not be planned before the name is known.
 */
function createTarget(scope: Scope, storage: Storage): Archive {
    const { settings, cluster } = scope;
    const { backups } = storage;
    const recovered = archiveSource(settings) !== undefined;
    const keepers = { restoreFrom: recovered ? settings.restoreFrom : "" };
    const { hex: name } = new RandomId(
        cluster.child("archive-name"),
        { byteLength: 4, prefix: `${databaseNames.cluster}-`, keepers },
        // A recovery replaces it, which protection would refuse. Whatever else would, or deletes it, must be meant.
        recovered ? scope.account.options() : scope.account.stateful({ ignoreChanges: ["keepers"] }),
    );
    const key = createKey(scope, {
        prefix: "archive-",
        secretName: names.archive,
        rights: [
            // Of the whole bucket: barman-cloud asks first whether the bucket is there, which no prefix can be asked of.
            onBuckets("FindArchives", [backups], ["s3:ListBucket"]),
            // What is too old is deleted by the plugin. Its versions stay: this key can remove none.
            onObjects("ReadWriteArchives", backups, pulumi.interpolate`${archivePrefix}${name}/`, [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
            ]),
            ...toEncrypt(storage),
        ],
        more: { "aws-region": backups.region },
    });
    const store = createStore(cluster, storage, "archive", names.archive, key, {
        destination: pulumi.interpolate`s3://${backups.bucket}/${archivePrefix}${name}`,
        retentionDays: settings.archiveRetentionDays,
    });
    return { name, ready: [store] };
}

/** The archive that the database starts from. Its key can only read that one. */
function createSource(scope: Scope, storage: Storage, { bucket, archive }: ArchiveSource): Waited {
    const { backups } = storage;
    const folder = `${archivePrefix}${archive}`;
    const source = bucketBeside(backups, bucket);
    const key = createKey(scope, {
        prefix: "archive-source-",
        secretName: names.source,
        rights: [
            onBuckets("FindArchive", [source], ["s3:ListBucket"]),
            onObjects("ReadArchive", source, `${folder}/`, ["s3:GetObject"]),
            ...toDecrypt(storage, sourceKmsKeys(scope.settings)),
        ],
        more: { "aws-region": backups.region },
    });
    const store = createStore(scope.cluster, storage, "archive-source", names.source, key, {
        destination: `s3://${bucket}/${folder}`,
    });
    return { ready: [store] };
}

function createStore(
    { settings, child, metadata, options }: Cluster,
    { authority }: Storage,
    suffix: string,
    name: string,
    key: AccessKey,
    store: { destination: pulumi.Input<string>; retentionDays?: number },
): pulumi.Resource {
    return new apiextensions.CustomResource(
        child(suffix),
        {
            apiVersion: "barmancloud.cnpg.io/v1",
            kind: "ObjectStore",
            metadata: metadata(name),
            spec: objectStore({
                ...store,
                endpoint: settings.storageEndpoint,
                authority: authority?.secret,
                encrypted: encryptsByItself(settings),
                s3Credentials: s3Credentials(key, name),
                limits: { cpu: settings.archiveCpuLimit, memory: settings.archiveMemoryLimit },
            }),
        },
        options({ dependsOn: [...key.ready, ...(authority?.certificates.ready ?? [])] }),
    );
}

/**
 * S3 is asked for its own key, as ever, where the bucket's default is that one too. Of a key of KMS barman-cloud cannot name which, and S3 would
 * take that of the account; what another store encrypts by is its own affair.
 */
const encryptsByItself = (s: Resolved) =>
    s.storageEncryption === "s3" && !s.storageExistingBuckets && s.storageExistingSecret === "";

/** Tells an archive of before a major upgrade from that of after it. */
function upgradeSuffix({ postgresUpgradeFrom, postgresImage }: Resolved): string {
    const isUpgrade = postgresUpgradeFrom !== "" && majorOf(postgresUpgradeFrom) < majorOf(postgresImage);
    return isUpgrade ? `-pg${majorOf(postgresImage)}` : "";
}

/**
 * Base backups, the first as soon as the archive is new: without one nothing can be recovered from it. From those of before a major
 * upgrade nothing later can be, so there is a new one after it, and one more when the setting is taken out again.
 */
export function createBaseBackups(cluster: Cluster, archive: Archive, database: Database): void {
    const { settings, child, metadata, options } = cluster;
    if (settings.postgresMode !== "managed" || !settings.postgresArchive) return;
    new apiextensions.CustomResource(
        child("base-backups"),
        {
            apiVersion: "postgresql.cnpg.io/v1",
            kind: "ScheduledBackup",
            metadata: {
                ...metadata(names.archive),
                name: pulumi.interpolate`${archive.name}${upgradeSuffix(settings)}`,
            },
            spec: {
                schedule: withSeconds(settings.archiveSchedule),
                immediate: true,
                backupOwnerReference: "self",
                ...baseBackup,
            },
        },
        options({ dependsOn: database.ready }),
    );
}
