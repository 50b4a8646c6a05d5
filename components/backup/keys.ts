import { type Credentials, createCredentials } from "../identity/credentials";
import { onBuckets, onObjects } from "../identity/rights";
import type { Scope } from "../lib/scope";
import { migrationsName } from "../migrations/names";
import { toEncrypt } from "../storage/keys";
import { backupsPrefix, schemasPrefix, type Storage } from "../storage/storage";
import { names } from "./names";
import type { Scripts } from "./scripts";

/** By what S3 knows who makes a backup, and who restores one. */
export interface BackupKeys {
    backup: Credentials;
    restore: Credentials;
}

/** Neither may do what the other is for: a backup's reads no backup, a restore's writes none. */
export function createBackupKeys(scope: Scope, storage: Storage, scripts: Scripts): BackupKeys {
    const { settings } = scope;
    const { schemas, backups } = storage;
    const backup = createCredentials(
        scope,
        {
            prefix: "backup-",
            account: names.backup,
            // A backup stands before changes of the database, in their pod.
            others: [migrationsName],
            secretName: names.backup,
            generation: settings.backupAccessKeyGeneration,
            asks: backups,
            rights: [
                onBuckets("ListSchemas", [schemas], ["s3:ListBucket", "s3:ListBucketVersions"]),
                onObjects("ReadSchemas", schemas, schemasPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
                onBuckets("FindBackups", [backups], ["s3:ListBucket"]),
                // It adds, and gives up its own unfinished uploads. It reads, lists and deletes no backup.
                onObjects("AddBackups", backups, backupsPrefix, ["s3:PutObject", "s3:AbortMultipartUpload"]),
                ...toEncrypt(storage),
            ],
        },
        scripts,
    );
    const restore = createCredentials(
        scope,
        {
            prefix: "restore-",
            account: names.restore,
            secretName: names.restore,
            generation: settings.restoreAccessKeyGeneration,
            asks: backups,
            rights: [
                onBuckets("List", [schemas, backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
                onObjects("ReadBackups", backups, backupsPrefix, ["s3:GetObject", "s3:GetObjectVersion"]),
                onObjects("ReadWriteSchemas", schemas, schemasPrefix, [
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    "s3:PutObject",
                ]),
                ...toEncrypt(storage),
            ],
        },
        scripts,
    );
    return { backup, restore };
}
