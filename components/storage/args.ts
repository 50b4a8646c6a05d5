import type * as pulumi from "@pulumi/pulumi";

/** What new objects are encrypted by. */
export const StorageEncryption = {
    /** S3's own key. */
    S3: "s3",
    /** A key of KMS: your own, or one that the stack makes. */
    Kms: "kms",
} as const;
export type StorageEncryption = (typeof StorageEncryption)[keyof typeof StorageEncryption];

export interface StorageArgs {
    /**
     * Name of the S3 bucket for schemas. Empty: named after the component, with a random end.
     * @default ""
     * @example "acme-justdb-schemas"
     */
    schemasBucketName?: string;

    /**
     * Name of the S3 bucket for backups. Empty: named after the component, with a random end.
     * @default ""
     * @example "acme-justdb-backups"
     */
    backupsBucketName?: string;

    /**
     * Take the two buckets that the names say as they are: neither of them is made, changed or deleted. What they must be set to: docs/storage.md.
     * @default false
     * @example true
     */
    storageExistingBuckets?: boolean;

    /**
     * What new objects are encrypted by: s3 (the key of S3) or kms (a key of KMS). Older objects stay as they are.
     * @default "s3"
     * @example "kms"
     */
    storageEncryption?: StorageEncryption;

    /**
     * With storageEncryption kms: ARN of the key, whose policy must leave it to IAM. Empty: the stack makes a key, which AWS rotates every year.
     * @default ""
     * @example "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
     */
    storageKmsKeyArn?: string;

    /**
     * Keys of KMS that older objects are under, so that they stay readable after a change: ARNs, and own for the key that the stack has made.
     * @default []
     * @example ["own"]
     */
    storageFormerKmsKeys?: string[];

    /**
     * URL of the S3 API, where it is not AWS's own.
     * @default ""
     * @example "https://s3.internal.example.com"
     */
    storageEndpoint?: string;

    /**
     * With storageEndpoint: certificates in PEM of the authorities that its certificate is signed by. Empty: the public ones.
     * @default ""
     * @example fs.readFileSync("ca.pem", "utf8")
     */
    storageCaCertificates?: pulumi.Input<string>;

    /**
     * Address buckets by path (https://HOST/BUCKET), and not by host name (https://BUCKET.HOST).
     * @default true with storageEndpoint, else false
     * @example false
     */
    storagePathStyle?: boolean;

    /**
     * Name of a Secret in the namespace with an access key that every pod uses. No user, key, role or policy of IAM is made then.
     * @default ""
     * @example "justdb-storage"
     */
    storageExistingSecret?: string;

    /**
     * The key of storageExistingSecret under which the id of the access key is.
     * @default "aws-access-key-id"
     * @example "AWS_ACCESS_KEY_ID"
     */
    storageExistingSecretIdKey?: string;

    /**
     * The key of storageExistingSecret under which the secret of the access key is.
     * @default "aws-secret-access-key"
     * @example "AWS_SECRET_ACCESS_KEY"
     */
    storageExistingSecretSecretKey?: string;

    /**
     * With storageExistingSecret and storageExistingBuckets: the region that requests are signed for. Else AWS tells it.
     * @default "us-east-1"
     * @example "eu-central-1"
     */
    storageRegion?: string;

    /**
     * CIDRs of the S3 API, for the NetworkPolicy. Empty: the endpoint's address, or all public addresses where it is a name.
     * @default []
     * @example ["10.20.0.0/24"]
     */
    storageCidrs?: string[];

    /**
     * Days that a replaced or deleted object is kept as an old version; backupRetentionDays or more.
     * @default 90
     * @example 30
     */
    storageNoncurrentDays?: number;
}
