import type * as s3 from "@pulumi/aws/s3";
import type { Account } from "../lib/scope";
import type { Resolved } from "../parts";
import { createBucket, oldVersions } from "./bucket";

export interface Storage {
    schemas: s3.Bucket;
    backups: s3.Bucket;
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
export function createStorage(account: Account): Storage {
    const { settings } = account;
    const schemas = createBucket(account, "schemas", settings.schemasBucketName);
    const expiry = Object.entries(expiring).map(([id, prefix]) => ({
        id,
        status: "Enabled",
        filter: { prefix },
        expiration: { days: settings.backupRetentionDays },
    }));
    const backups = createBucket(account, "backups", settings.backupsBucketName, expiry);
    return { schemas, backups };
}
