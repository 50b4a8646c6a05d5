import { type Problem, shown } from "../config/error";
import type { Resolved } from "../parts";

export const checks = (s: Resolved): Problem[] => [...sameBucket(s), ...shortLivedOriginals(s)];

function sameBucket(s: Resolved): Problem[] {
    if (s.schemasBucketName === "" || s.schemasBucketName !== s.backupsBucketName) return [];
    return [
        {
            key: "backupsBucketName",
            also: ["schemasBucketName"],
            got: `${shown(s.backupsBucketName)}, which is schemasBucketName`,
            allowed: "another bucket: a backup beside its original is lost with it",
            fix: "give the two buckets different names",
        },
    ];
}

/** Whoever writes over a backup leaves the original as an old version: it must last as long as the backup is listed. */
function shortLivedOriginals(s: Resolved): Problem[] {
    if (s.storageNoncurrentDays >= s.backupRetentionDays) return [];
    return [
        {
            key: "storageNoncurrentDays",
            also: ["backupRetentionDays"],
            got: `${s.storageNoncurrentDays}, with backupRetentionDays ${s.backupRetentionDays}`,
            allowed: "backupRetentionDays or more: a backup that is written over is kept as an old version only",
            fix: "raise storageNoncurrentDays or lower backupRetentionDays",
        },
    ];
}
