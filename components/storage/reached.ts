import * as pulumi from "@pulumi/pulumi";
import { type Operation, operationJob, tries } from "../backup/operation";
import { checksum } from "../lib/checksum";
import { createAwaitedJob } from "../lib/job";
import type { Cluster, Waited } from "../lib/scope";
import type { Resolved } from "../parts";

const name = "justdb-storage-reached";

/** Whether a bucket, a key or a certificate is somebody else's. */
const isTakenAsItIs = (s: Resolved) =>
    s.storageExistingBuckets || s.storageExistingSecret !== "" || s.storageCaCertificates !== "";

/**
 * Asks a store that others have set up for both buckets, as restores do, before anything of the database changes. Else a mistake would
 * show as pods of the app that do not become ready. Its name ends with the hash of the settings: the same are not tried again.
 */
export function createStorageReached(cluster: Cluster, restore: Operation): Waited {
    const { settings } = cluster;
    if (!isTakenAsItIs(settings)) return { ready: [] };
    const { spec } = operationJob(cluster, {
        ...restore,
        // Neither does it log in to the database, nor has it to do with backups.
        database: undefined,
        role: undefined,
        sealKey: undefined,
        annotations: undefined,
        command: ["python3", "/operations/storage_reached.py"],
        variables: [tries],
    });
    return createAwaitedJob(cluster, "storage-reached", {
        name: hashOf(settings).apply((hash) => `${name}-${hash}`),
        spec,
        dependsOn: [
            ...(restore.key?.ready ?? []),
            ...(restore.authorities ?? []).flatMap((authority) => authority?.ready ?? []),
        ],
    });
}

const hashOf = (settings: Resolved) =>
    pulumi
        .all(Object.entries(settings).filter(([key]) => /^storage|BucketName$/.test(key)))
        .apply((ofStorage) => checksum(JSON.stringify(ofStorage)).slice(0, 10));
