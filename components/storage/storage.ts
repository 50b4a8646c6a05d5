import type { Scope } from "../lib/scope";
import type { Resolved } from "../parts";
import { createStorageAuthority, type StorageAuthority } from "./authority";
import { type Bucket, createBucket, oldVersions } from "./bucket";
import { existingBucket } from "./existing";
import { createKeys, type Keys } from "./keys";

export interface Storage {
    schemas: Bucket;
    backups: Bucket;
    keys: Keys;
    authority?: StorageAuthority;
}

/** Where schemas are, in their bucket. */
export const schemasPrefix = "schemas/";
/** Where backups are, in their bucket. The scripts of backups know it too. */
export const backupsPrefix = "backups/";
/** Where results of drills are. */
export const drillsPrefix = "drills/";

/** What leaves the bucket of backups by itself, by the rule that says so. */
const expiring = { "expire-backups": backupsPrefix, "expire-drills": drillsPrefix };

/** The days after which it does, and those after which replaced versions leave either bucket. Pure. */
export const expiryDays = (s: Resolved) => ({
    schemas: { [oldVersions]: s.storageNoncurrentDays },
    backups: {
        [oldVersions]: s.storageNoncurrentDays,
        ...Object.fromEntries(Object.keys(expiring).map((id) => [id, s.backupRetentionDays])),
    },
});

/** The two buckets. What is backed up is never beside its backup. */
export function createStorage({ settings, account, cluster }: Scope): Storage {
    const common = { keys: createKeys(account), authority: createStorageAuthority(cluster) };
    if (settings.storageExistingBuckets) {
        return {
            schemas: existingBucket(account, settings.schemasBucketName),
            backups: existingBucket(account, settings.backupsBucketName),
            ...common,
        };
    }
    const kmsKey = common.keys.current;
    const schemas = createBucket(account, "schemas", settings.schemasBucketName, { kmsKey });
    const expiry = Object.entries(expiring).map(([id, prefix]) => ({
        id,
        status: "Enabled",
        filter: { prefix },
        expiration: { days: settings.backupRetentionDays },
    }));
    const backups = createBucket(account, "backups", settings.backupsBucketName, { kmsKey, expiry });
    return { schemas, backups, ...common };
}
