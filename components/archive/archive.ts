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
import { usesKeys, usesRoles } from "../identity/ways";
import { withSeconds } from "../lib/schedule";
import { type Cluster, retained, type Scope } from "../lib/scope";
import type { Resolved } from "../parts";
import { type ArchiveSource, archiveSource, sourceKmsKeys } from "../restore/source";
import { toDecrypt, toEncrypt } from "../storage/keys";
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
        ...(source ? [sourceOf(settings, storage, source)] : []),
    ];
    const made = accessTo(scope, places, scripts);
    const stores = made.map(({ place, access }) =>
        createStore(placeScope(scope, place).cluster, storage, place, access),
    );
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

const target = (settings: Resolved, storage: Storage, name: pulumi.Output<string>): Place => ({
    kind: "archive",
    destination: pulumi.interpolate`s3://${storage.backups.bucket}/${archivePrefix}${name}`,
    retentionDays: settings.archiveRetentionDays,
    asks: storage.backups,
    rights: [
        // Of the whole bucket: barman-cloud asks first whether the bucket is there, which no prefix can be asked of.
        onBuckets("FindArchives", [storage.backups], ["s3:ListBucket"]),
        // What is too old is deleted by the plugin. Its versions stay: nobody with these rights can remove one.
        onObjects("ReadWriteArchives", storage.backups, pulumi.interpolate`${archivePrefix}${name}/`, [
            "s3:GetObject",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:AbortMultipartUpload",
        ]),
        ...toEncrypt(storage),
    ],
});

/** The archive that the database starts from. It is only read. */
function sourceOf(settings: Resolved, storage: Storage, { bucket, archive }: ArchiveSource): Place {
    const { backups } = storage;
    const folder = `${archivePrefix}${archive}`;
    const source = bucketBeside(backups, bucket);
    return {
        kind: "source",
        destination: `s3://${bucket}/${folder}`,
        asks: { bucket, region: backups.region },
        rights: [
            onBuckets("FindArchive", [source], ["s3:ListBucket"]),
            onObjects("ReadArchive", source, `${folder}/`, ["s3:GetObject"]),
            ...toDecrypt(storage, sourceKmsKeys(settings), "DecryptArchive"),
        ],
    };
}

/** By what a store is read. */
interface Access extends UsesCredentials {
    s3Credentials: Store["s3Credentials"];
    env: Variable[];
}

interface Reached {
    place: Place;
    access: Access;
}

function accessTo(scope: Scope, places: Place[], scripts: Scripts): Reached[] {
    if (usesRoles(scope.settings)) return withRole(scope, places);
    const withOne = usesKeys(scope.settings) ? withKey : withExisting;
    return places.map((place) => withOne(scope, place, scripts));
}

/** The key that exists is that of every archive. The region is in no Secret of it. */
function withExisting({ settings }: Scope, place: Place): Reached {
    const { storageExistingSecret: name, storageExistingSecretIdKey, storageExistingSecretSecretKey } = settings;
    const access = {
        s3Credentials: {
            accessKeyId: { name, key: storageExistingSecretIdKey },
            secretAccessKey: { name, key: storageExistingSecretSecretKey },
        },
        env: [{ name: "AWS_DEFAULT_REGION", value: place.asks.region }],
        credentials: [],
        ready: [],
    };
    return { place, access };
}

/** Each archive has a key of its own. */
function withKey(scope: Scope, place: Place, scripts: Scripts): Reached {
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
function withRole(scope: Scope, places: Place[]): Reached[] {
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

function createStore(
    { settings, child, metadata, options }: Cluster,
    { authority }: Storage,
    place: Place,
    access: Access,
): pulumi.Resource {
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
                authority: authority?.secret,
                encrypted: encryptsByItself(settings),
                s3Credentials: access.s3Credentials,
                env: access.env,
                limits: { cpu: settings.archiveCpuLimit, memory: settings.archiveMemoryLimit },
            }),
        },
        options({ dependsOn: [...access.ready, ...(authority?.certificates.ready ?? [])] }),
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
