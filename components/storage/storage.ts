import type * as s3 from "@pulumi/aws/s3";
import type { Account } from "../lib/scope";
import { createBucket } from "./bucket";

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

/** The two buckets. What is backed up is never beside its backup. */
export function createStorage(account: Account): Storage {
    const { settings } = account;
    const expire = (id: string, prefix: string) => ({
        id,
        status: "Enabled",
        filter: { prefix },
        expiration: { days: settings.backupRetentionDays },
    });
    const schemas = createBucket(account, "schemas", settings.schemasBucketName);
    const backups = createBucket(account, "backups", settings.backupsBucketName, [
        expire("expire-backups", backupsPrefix),
        expire("expire-drills", drillsPrefix),
    ]);
    return { schemas, backups };
}
