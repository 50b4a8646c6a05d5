import { isIP } from "node:net";
import { usesArchive } from "../archive/uses";
import { type Problem, shown } from "../config/error";
import { notBoth, onlyFor, onlyWith } from "../config/problems";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";

const ofExistingSecret: Key[] = ["storageExistingSecretIdKey", "storageExistingSecretSecretKey", "storageRegion"];
/** What gives rights by IAM, which an existing key has or has not. */
const ofKeys: Key[] = ["storageFormerKmsKeys", "restoreFromKmsKeyArn"];

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...sameBucket(s),
    ...shortLivedOriginals(s),
    ...namesOfExisting(s),
    ...(s.storageEncryption === "kms" ? [] : onlyFor(s, chosen, "storageEncryption", "kms", ["storageKmsKeyArn"])),
    ...encryptionOfExisting(s),
    ...onlyWith(s, chosen, "storageExistingSecret", ofExistingSecret),
    ...(s.storageExistingSecret === "" ? [] : ofKeys.flatMap((key) => notBoth(s, key, "storageExistingSecret"))),
    ...regionOfMade(s, chosen),
    ...authorities(s),
    ...virtualHosts(s),
];

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

function namesOfExisting(s: Resolved): Problem[] {
    if (!s.storageExistingBuckets) return [];
    const missing = (["schemasBucketName", "backupsBucketName"] as const).filter((key) => s[key] === "");
    return missing.map((key) => ({
        key,
        also: ["storageExistingBuckets"],
        got: "nothing, with storageExistingBuckets true",
        allowed: "the name of a bucket that exists",
        fix: `set ${key}, or remove storageExistingBuckets for buckets that the stack makes`,
    }));
}

/** Of buckets that exist, the stack sets no encryption; all that it can do is give rights on their key. */
function encryptionOfExisting(s: Resolved): Problem[] {
    if (s.storageEncryption !== "kms" || !s.storageExistingBuckets) return [];
    const problem = { key: "storageEncryption" as const, got: "kms, with storageExistingBuckets true" };
    if (s.storageExistingSecret !== "") {
        return [
            {
                ...problem,
                also: ["storageExistingBuckets", "storageExistingSecret"],
                allowed: "s3: neither the buckets nor the rights of the key are this stack's to set",
                fix: "remove storageEncryption, and set up both where they were made",
            },
        ];
    }
    if (s.storageKmsKeyArn !== "") return [];
    return [
        {
            ...problem,
            also: ["storageExistingBuckets", "storageKmsKeyArn"],
            allowed: "kms with storageKmsKeyArn: a key of the stack's own would encrypt nothing there",
            fix: "set storageKmsKeyArn to the key of the buckets, on which pods then get rights; or remove storageEncryption",
        },
    ];
}

/** Where AWS is asked for a bucket, it tells the region. */
function regionOfMade(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    if (s.storageExistingSecret === "" || s.storageExistingBuckets) return [];
    return onlyFor(s, chosen, "storageExistingBuckets", "true", ["storageRegion"]);
}

function authorities(s: Resolved): Problem[] {
    const { storageCaCertificates, storageEndpoint, appJavaOptions } = s;
    if (storageCaCertificates === "") return [];
    const problems: Problem[] = [];
    if (!storageEndpoint.startsWith("https://")) {
        problems.push({
            key: "storageCaCertificates",
            also: ["storageEndpoint"],
            got:
                storageEndpoint === ""
                    ? "certificates, without storageEndpoint"
                    : `certificates, for ${storageEndpoint}`,
            allowed: "nothing, but for a storageEndpoint that starts with https://: AWS is known by public authorities",
            fix: "remove storageCaCertificates, or set storageEndpoint to the https:// URL of the store",
        });
    }
    if (problems.length === 0 && s.storageExistingSecret === "") {
        problems.push({
            key: "storageCaCertificates",
            also: ["storageExistingSecret"],
            got: "certificates, without storageExistingSecret",
            allowed: "certificates with storageExistingSecret: a store that is not AWS's takes no key of IAM",
            fix: "set storageExistingSecret to the Secret with the store's access key",
        });
    }
    if (appJavaOptions.includes("javax.net.ssl.trustStore")) {
        problems.push({
            key: "appJavaOptions",
            also: ["storageCaCertificates"],
            got: "a trust store, with storageCaCertificates",
            allowed: "no javax.net.ssl.trustStore: the stack gives the app one of its own, and Java takes one",
            fix: "remove it from appJavaOptions, and add its authorities to storageCaCertificates",
        });
    }
    return problems;
}

function virtualHosts(s: Resolved): Problem[] {
    if (s.storageEndpoint === "" || s.storagePathStyle) return [];
    const got = `false, with storageEndpoint ${s.storageEndpoint}`;
    if (isIP(new URL(s.storageEndpoint).hostname.replace(/^\[(.*)\]$/, "$1"))) {
        return [
            {
                key: "storagePathStyle",
                also: ["storageEndpoint"],
                got,
                allowed: "true: a bucket's name cannot stand before an address",
                fix: "remove storagePathStyle, or set storageEndpoint to a name",
            },
        ];
    }
    if (!usesArchive(s)) return [];
    return [
        {
            key: "storagePathStyle",
            also: ["storageEndpoint", "postgresArchive", "restoreFrom"],
            got: `${got} and an archive`,
            allowed: "true: barman-cloud, which archives the database, addresses buckets of an endpoint by path",
            fix: "set postgresArchive to false, or use a store that takes paths",
        },
    ];
}
