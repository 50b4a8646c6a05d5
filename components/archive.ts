import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { bucketBeside, createKey, onBuckets, onObjects } from "./access-key";
import { archivePrefix, baseBackup, objectStore } from "./archive-store";
import { type Context, retained } from "./lib/context";
import { names } from "./lib/names";
import { archiveSource, type ArchiveSource } from "./lib/restore-source";
import { withSeconds } from "./lib/schedule";
import type { Postgres } from "./postgres";
import type { Storage } from "./storage";

export interface Archive {
    /** Name of the archive that the database writes; empty where it writes none. */
    name: pulumi.Output<string>;
    /** What the database waits for, and outlives its stay: it archives to its end. */
    created: pulumi.Resource[];
}

/** Where the database archives to, and what it is recovered from. Nothing, for an external one. */
export function createArchive(context: Context, inNamespace: Context, storage: Storage): Archive {
    const { settings } = context;
    if (settings.postgresMode !== "managed") return { name: pulumi.output(""), created: [] };
    const source = archiveSource(settings);
    const recovered = source ? createSource(context, inNamespace, storage, source) : [];
    if (!settings.postgresArchive) return { name: pulumi.output(""), created: recovered };
    // A database that outlives the stack goes on archiving, and without its archive the operator lets no standby take over.
    const { name, created } = createTarget(retained(context), retained(inNamespace), storage);
    return { name, created: [...created, ...recovered] };
}

/**
 * A new database writes to an archive that is new too: the name changes with the archive that the database is recovered from, and stays
 * when restoreFrom is taken out again. It is in no value of the chart, which could not be planned before the name is known.
 */
function createTarget(context: Context, inNamespace: Context, { backups }: Storage): Archive {
    const { settings, child } = context;
    const recovered = archiveSource(settings) !== undefined;
    const keepers = { restoreFrom: recovered ? settings.restoreFrom : "" };
    const name = new RandomId(
        child("archive-name"),
        { byteLength: 4, prefix: `${names.postgresCluster}-`, keepers },
        context.options(recovered ? {} : { ignoreChanges: ["keepers"] }),
    ).hex;
    const key = createKey(
        context,
        inNamespace,
        "archive",
        names.archive,
        [
            onBuckets("FindArchives", [backups], ["s3:ListBucket"]),
            // What is too old is deleted by the plugin. Its versions stay: this key can remove none.
            onObjects("ReadWriteArchives", backups, archivePrefix, [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
            ]),
        ],
        { "aws-region": backups.region },
    );
    const store = createStore(inNamespace, "archive", names.archive, key.created, {
        destination: pulumi.interpolate`s3://${backups.bucket}/${archivePrefix}${name}`,
        retentionDays: settings.archiveRetentionDays,
    });
    return { name, created: [store] };
}

/** The archive that the database starts from. Its key can only read that one. */
function createSource(
    context: Context,
    inNamespace: Context,
    { backups }: Storage,
    { bucket, archive }: ArchiveSource,
): pulumi.Resource[] {
    const folder = `${archivePrefix}${archive}`;
    const source = bucketBeside(backups, bucket);
    const key = createKey(
        context,
        inNamespace,
        "archive-source",
        names.archiveSource,
        [
            onBuckets("FindArchive", [source], ["s3:ListBucket"]),
            onObjects("ReadArchive", source, `${folder}/`, ["s3:GetObject"]),
        ],
        { "aws-region": backups.region },
    );
    return [
        createStore(inNamespace, "archive-source", names.archiveSource, key.created, {
            destination: `s3://${bucket}/${folder}`,
        }),
    ];
}

function createStore(
    { settings, child, metadata, options }: Context,
    suffix: string,
    name: string,
    dependsOn: pulumi.Resource[],
    store: { destination: pulumi.Input<string>; retentionDays?: number },
): pulumi.Resource {
    return new apiextensions.CustomResource(
        child(suffix),
        {
            apiVersion: "barmancloud.cnpg.io/v1",
            kind: "ObjectStore",
            metadata: metadata(name),
            spec: objectStore({ ...store, endpoint: settings.storageEndpoint, secretName: name }),
        },
        options({ dependsOn }),
    );
}

/** Base backups, the first as soon as the archive is new: without one nothing can be recovered from it. */
export function createBaseBackups(inNamespace: Context, archive: Archive, postgres: Postgres): void {
    const { settings, child, metadata, options } = inNamespace;
    if (settings.postgresMode !== "managed" || !settings.postgresArchive) return;
    new apiextensions.CustomResource(
        child("base-backups"),
        {
            apiVersion: "postgresql.cnpg.io/v1",
            kind: "ScheduledBackup",
            metadata: { ...metadata(names.archive), name: archive.name },
            spec: {
                schedule: withSeconds(settings.archiveSchedule),
                immediate: true,
                backupOwnerReference: "self",
                ...baseBackup,
            },
        },
        options({ dependsOn: postgres.ready }),
    );
}
