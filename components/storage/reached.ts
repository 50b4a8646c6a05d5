import * as pulumi from "@pulumi/pulumi";
import type { BackupKeys } from "../backup/keys";
import { names, restorePods } from "../backup/names";
import { operationJob, tries } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import { checksum } from "../lib/checksum";
import { createAwaitedJob } from "../lib/job";
import type { Cluster, Waited } from "../lib/scope";
import type { Resolved } from "../parts";
import type { Storage } from "./storage";
import { bucketVariables } from "./variables";

interface Wiring {
    storage: Storage;
    keys: BackupKeys;
    scripts: Scripts;
}

const name = "justdb-storage-reached";

/** Whether a bucket, a key or a certificate is somebody else's. */
const isTakenAsItIs = (s: Resolved) =>
    s.storageExistingBuckets || s.storageExistingSecret !== "" || s.storageCaCertificates !== "";

/**
 * Asks a store that others have set up for both buckets, as restores do, before anything of the database changes. Else a mistake would
 * show as pods of the app that do not become ready, and as a first base backup that failed and is not tried again before its schedule.
 * Its name ends with the hash of the settings: the same are not tried again.
 */
export function createStorageReached(cluster: Cluster, { storage, keys, scripts }: Wiring): Waited {
    const { settings } = cluster;
    if (!isTakenAsItIs(settings)) return { ready: [] };
    const authority = storage.authority?.certificates;
    const key = keys.restore;
    const { spec } = operationJob(cluster, {
        name: names.restore,
        pods: restorePods,
        key,
        authorities: [authority],
        command: ["python3", "/operations/storage_reached.py"],
        bucketVariables: bucketVariables(settings, storage),
        variables: [tries],
        ready: [],
    });
    return createAwaitedJob(cluster, "storage-reached", {
        name: hashOf(settings).apply((hash) => `${name}-${hash}`),
        spec,
        ready: [...scripts.ready, ...key.ready, ...(authority?.ready ?? [])],
    });
}

const hashOf = (settings: Resolved) =>
    pulumi
        .all(Object.entries(settings).filter(([key]) => /^storage|BucketName$/.test(key)))
        .apply((ofStorage) => checksum(JSON.stringify(ofStorage)).slice(0, 10));
