import * as a from "../config/setting";
import type { StorageArgs } from "./args";

const bucketName = (example: string) =>
    a.text(
        "a bucket name of 3 to 63 lower-case letters, digits and hyphens",
        /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        { default: "", example },
    );

export const schema: a.Schema<StorageArgs> = {
    schemasBucketName: bucketName("acme-justdb-schemas"),
    backupsBucketName: bucketName("acme-justdb-backups"),
    storageEndpoint: a.url({ default: "", example: "https://s3.internal.example.com" }),
    storageCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
    storageNoncurrentDays: a.integer(1, 3650, { default: 90, example: 90 }),
};
