import * as a from "../config/setting";
import { type StorageArgs, StorageEncryption } from "./args";
import { ownKey } from "./keys";

const bucketName = (example: string) =>
    a.text(
        "a bucket name of 3 to 63 lower-case letters, digits and hyphens, with no prefix or suffix that S3 reserves",
        /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--(?:ol|x|table)-s3)$/,
        { default: "", example },
    );

const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
const exampleKey = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** Of a key of KMS itself: what an alias leads to may change, and rights hold for keys. */
export const kmsKeyArn = a.text("the ARN of a key of KMS, with :key/ and not :alias/", keyArn, {
    default: "",
    example: exampleKey,
});

const formerKeys = a.list(
    `a list of ARNs of keys of KMS, and ${ownKey} for the stack's own; 5 at most`,
    (key) => key === ownKey || keyArn.test(key),
    { default: [], example: [ownKey] },
);
/** All are named in policies of users, of 2,048 characters at most. */
const isShort = (keys: unknown) => (keys as string[]).length <= 5;

export const schema: a.Schema<StorageArgs> = {
    schemasBucketName: bucketName("acme-justdb-schemas"),
    backupsBucketName: bucketName("acme-justdb-backups"),
    storageExistingBuckets: a.flag({ default: false, example: true }),
    storageEncryption: a.choice(StorageEncryption, { default: "s3", example: "kms" }),
    storageKmsKeyArn: kmsKeyArn,
    storageFormerKmsKeys: { ...formerKeys, accepts: (value) => formerKeys.accepts(value) && isShort(value) },
    storageEndpoint: a.url({ default: "", example: "https://s3.internal.example.com" }),
    storageCaCertificates: a.certificates,
    storagePathStyle: a.flag({ default: (s) => s.storageEndpoint !== "", example: false }),
    storageExistingSecret: a.dnsName({ default: "", example: "justdb-storage" }),
    storageExistingSecretIdKey: a.secretKey("aws-access-key-id"),
    storageExistingSecretSecretKey: a.secretKey("aws-secret-access-key"),
    storageRegion: a.text("the name of a region: lower-case letters, digits and hyphens", /^[a-z0-9-]{1,63}$/, {
        default: "us-east-1",
        example: "eu-central-1",
    }),
    storageCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
    storageNoncurrentDays: a.integer(1, 3650, { default: 90, example: 90 }),
};
