import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { Variable } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import type { Database } from "../database/database";
import { majorOf } from "../database/image";
import { names as databaseNames } from "../database/names";
import { createCredentials } from "../identity/credentials";
import type { UsesCredentials } from "../identity/retire";
import { bucketBeside, onBuckets, onObjects, type Statement } from "../identity/rights";
import { createRole, roleVariables } from "../identity/role";
import { usesRoles } from "../identity/ways";
import { withSeconds } from "../lib/schedule";
import { type Cluster, retained, type Scope } from "../lib/scope";
import type { Resolved } from "../parts";
import { type ArchiveSource, archiveSource } from "../restore/source";
import type { Storage } from "../storage/storage";
import { names, suffixes } from "./names";
import { archivePrefix, baseBackup, objectStore, ofSecret, type Store } from "./store";

/** Ready is what the database needs to archive, as long as it lives, and to be recovered. */
export interface Archive extends UsesCredentials {
    /** Name of the archive that the database writes; empty where it writes none. */
    name: pulumi.Output<string>;
}

/** An archive in a bucket, and what may be done with it. */
interface Place {
    /** Of its children, and of its objects in the cluster. */
    kind: keyof typeof names;
    destination: pulumi.Input<string>;
    /** Absent: nothing is ever deleted. */
    retentionDays?: number;
    /** Of the bucket. */
    asks: { bucket: pulumi.Input<string>; region: pulumi.Output<string> };
    rights: Statement[];
}

/** Where the database archives to, and what it is recovered from. Nothing, for an external one. */
export function createArchive(scope: Scope, storage: Storage, scripts: Scripts): Archive {
    const { settings } = scope;
    const none: Archive = { name: pulumi.output(""), credentials: [], ready: [] };
    if (settings.postgresMode !== "managed") return none;
    const source = archiveSource(settings);
    const name = settings.postgresArchive ? createName(scope) : none.name;
    const places = [
        ...(settings.postgresArchive ? [target(settings, storage, name)] : []),
        ...(source ? [sourceOf(storage, source)] : []),
    ];
    const made = usesRoles(settings) ? withRole(scope, places) : places.map((place) => withKey(scope, place, scripts));
    const stores = made.map(({ place, access }) => createStore(placeScope(scope, place).cluster, place, access));
    return { name, credentials: made.flatMap(({ access }) => access.credentials), ready: stores };
}

/** A database that outlives the stack goes on archiving, and without its archive the operator lets no standby take over. */
const placeScope = (scope: Scope, { kind }: Place) => (kind === "archive" ? retained(scope) : scope);

/**
 * A new database writes to an archive that is new too: the name changes with the archive that the database is recovered from, and stays
 * when restoreFrom is taken out again. It is in no value of the chart, which could not be planned before the name is known.
 */
function createName(scope: Scope): pulumi.Output<string> {
    const { settings, cluster, account } = retained(scope);
    const recovered = archiveSource(settings) !== undefined;
    const keepers = { restoreFrom: recovered ? settings.restoreFrom : "" };
    return new RandomId(
        cluster.child("archive-name"),
        { byteLength: 4, prefix: `${databaseNames.cluster}-`, keepers },
        // A recovery replaces it, which protection would refuse. Whatever else would, or deletes it, must be meant.
        recovered ? account.options() : account.stateful({ ignoreChanges: ["keepers"] }),
    ).hex;
}

const target = (settings: Resolved, { backups }: Storage, name: pulumi.Output<string>): Place => ({
    kind: "archive",
    destination: pulumi.interpolate`s3://${backups.bucket}/${archivePrefix}${name}`,
    retentionDays: settings.archiveRetentionDays,
    asks: backups,
    rights: [
        // Of the whole bucket: barman-cloud asks first whether the bucket is there, which no prefix can be asked of.
        onBuckets("FindArchives", [backups], ["s3:ListBucket"]),
        // What is too old is deleted by the plugin. Its versions stay: nobody with these rights can remove one.
        onObjects("ReadWriteArchives", backups, pulumi.interpolate`${archivePrefix}${name}/`, [
            "s3:GetObject",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:AbortMultipartUpload",
        ]),
    ],
});

/** The archive that the database starts from. It is only read. */
function sourceOf({ backups }: Storage, { bucket, archive }: ArchiveSource): Place {
    const folder = `${archivePrefix}${archive}`;
    const source = bucketBeside(backups, bucket);
    return {
        kind: "source",
        destination: `s3://${bucket}/${folder}`,
        asks: { bucket, region: backups.region },
        rights: [
            onBuckets("FindArchive", [source], ["s3:ListBucket"]),
            onObjects("ReadArchive", source, `${folder}/`, ["s3:GetObject"]),
        ],
    };
}

/** By what a store is read. */
interface Access extends UsesCredentials {
    s3Credentials: Store["s3Credentials"];
    env: Variable[];
}

/** Each archive has a key of its own. */
function withKey(scope: Scope, place: Place, scripts: Scripts): { place: Place; access: Access } {
    const { archiveAccessKeyGeneration, restoreAccessKeyGeneration } = scope.settings;
    const key = createCredentials(
        scope,
        {
            prefix: `${suffixes[place.kind]}-`,
            // For the question whether S3 takes it: instances of the database read the Secret by the Kubernetes API.
            account: names[place.kind],
            secretName: names[place.kind],
            rights: place.rights,
            more: { "aws-region": place.asks.region },
            generation: place.kind === "archive" ? archiveAccessKeyGeneration : restoreAccessKeyGeneration,
            isRetained: place.kind === "archive",
            asks: place.asks,
            // A base backup or a recovery that is refused is not tried again.
            isAwaited: true,
        },
        scripts,
    );
    const access = { s3Credentials: ofSecret(key.secretName), env: [], credentials: [key], ready: key.ready };
    return { place, access };
}

/** A pod has one role. The operator makes the ServiceAccount of the instances, with the database. */
function withRole(scope: Scope, places: Place[]): { place: Place; access: Access }[] {
    const { settings } = scope;
    if (places.length === 0) return [];
    const role = createRole(places.some(({ kind }) => kind === "archive") ? retained(scope).account : scope.account, {
        prefix: "archive-",
        rights: places.flatMap(({ rights }) => rights),
        admitted: [databaseNames.cluster],
    });
    return places.map((place) => ({
        place,
        access: {
            s3Credentials: { inheritFromIAMRole: true },
            env: [
                { name: "AWS_DEFAULT_REGION", value: place.asks.region },
                ...roleVariables(settings, role, "/projected/token"),
            ],
            credentials: [],
            ready: role.ready,
        },
    }));
}

function createStore({ settings, child, metadata, options }: Cluster, place: Place, access: Access): pulumi.Resource {
    const { kind, destination, retentionDays } = place;
    return new apiextensions.CustomResource(
        child(suffixes[kind]),
        {
            apiVersion: "barmancloud.cnpg.io/v1",
            kind: "ObjectStore",
            metadata: metadata(names[kind]),
            spec: objectStore({
                destination,
                retentionDays,
                endpoint: settings.storageEndpoint,
                s3Credentials: access.s3Credentials,
                env: access.env,
                limits: { cpu: settings.archiveCpuLimit, memory: settings.archiveMemoryLimit },
            }),
        },
        options({ dependsOn: access.ready }),
    );
}

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
