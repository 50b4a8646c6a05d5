import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import { anAuthority } from "../../../support/an-authority";

const key = "arn:aws:kms:eu-central-1:123456789012:key/yours";
const existing = { storageExistingBuckets: true, schemasBucketName: "acme-schemas", backupsBucketName: "acme-backups" };
const endpoint = { storageEndpoint: "https://minio.example.com" };
const store = { ...endpoint, storageExistingSecret: "s" };

const cases: [title: string, args: JustDbCloudArgs, key: string, names: string][] = [
    ["a key of KMS that encrypts nothing", { storageKmsKeyArn: key }, "storageKmsKeyArn", "storageEncryption"],
    [
        "an alias in the place of a key",
        { storageEncryption: "kms", storageKmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/x" },
        "storageKmsKeyArn",
        ":key/",
    ],
    ["six former keys", { storageFormerKmsKeys: Array<string>(6).fill(key) }, "storageFormerKmsKeys", "5 at most"],
    [
        "existing buckets without names",
        { ...existing, backupsBucketName: "" },
        "backupsBucketName",
        "storageExistingBuckets",
    ],
    [
        "a key of the stack's own for existing buckets",
        { ...existing, storageEncryption: "kms" },
        "storageEncryption",
        "storageKmsKeyArn",
    ],
    [
        "a key of KMS where neither buckets nor rights are the stack's",
        { ...existing, storageExistingSecret: "s", storageEncryption: "kms", storageKmsKeyArn: key },
        "storageEncryption",
        "storageExistingSecret",
    ],
    [
        "rights on keys for a key that exists",
        { storageExistingSecret: "s", storageFormerKmsKeys: ["own"] },
        "storageFormerKmsKeys",
        "storageExistingSecret",
    ],
    [
        "rights on the source's key for a key that exists",
        { storageExistingSecret: "s", restoreFrom: "s3://b-ucket/latest", restoreFromKmsKeyArn: key },
        "restoreFromKmsKeyArn",
        "storageExistingSecret",
    ],
    ["a source's key without a source", { restoreFromKmsKeyArn: key }, "restoreFromKmsKeyArn", "restoreFrom"],
    ["keys of no Secret", { storageExistingSecretIdKey: "id" }, "storageExistingSecretIdKey", "storageExistingSecret"],
    ["a region for a key of the stack's own", { storageRegion: "garage" }, "storageRegion", "storageExistingSecret"],
    [
        "a region for buckets of the stack's own",
        { storageExistingSecret: "s", storageRegion: "garage" },
        "storageRegion",
        "storageExistingBuckets",
    ],
    ["authorities for AWS", { storageCaCertificates: anAuthority }, "storageCaCertificates", "storageEndpoint"],
    [
        "authorities without TLS",
        { storageCaCertificates: anAuthority, storageEndpoint: "http://minio.example.com" },
        "storageCaCertificates",
        "https://",
    ],
    [
        "two trust stores",
        { ...store, storageCaCertificates: anAuthority, appJavaOptions: "-Djavax.net.ssl.trustStore=/x" },
        "appJavaOptions",
        "storageCaCertificates",
    ],
    [
        "authorities of a store with a key of IAM",
        { ...endpoint, storageCaCertificates: anAuthority },
        "storageCaCertificates",
        "storageExistingSecret",
    ],
    [
        "roles beside a key that exists",
        {
            storageExistingSecret: "s",
            awsCredentials: "irsa",
            oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABCDEF",
        },
        "awsCredentials",
        "storageExistingSecret",
    ],
    [
        "a generation of a key that exists",
        { storageExistingSecret: "s", appAccessKeyGeneration: 2 },
        "appAccessKeyGeneration",
        "storageExistingSecret",
    ],
    ["no certificate", { ...store, storageCaCertificates: "ca.pem" }, "storageCaCertificates", "PEM"],
    [
        "a bucket's name before an address",
        { storageEndpoint: "https://10.0.0.5", storagePathStyle: false, postgresArchive: false },
        "storagePathStyle",
        "storageEndpoint",
    ],
    ["an archive by virtual host", { ...endpoint, storagePathStyle: false }, "storagePathStyle", "postgresArchive"],
];

describe("storage refuses", () => {
    for (const [title, args, wrong, names] of cases) {
        it(title, () => {
            const problems = check(args);
            assert.deepEqual(
                problems.map((problem) => problem.key),
                [wrong],
            );
            const { key, also = [], got, allowed, fix } = problems[0]!;
            assert.ok([key, ...also, got, allowed, fix].join(" ").includes(names), JSON.stringify(problems[0]));
        });
    }

    it("none of what goes together", () => {
        const whole: JustDbCloudArgs[] = [
            { storageEncryption: "kms" },
            { storageEncryption: "kms", ...endpoint },
            { storageEncryption: "kms", storageKmsKeyArn: key, storageFormerKmsKeys: ["own", key] },
            { storageEncryption: "kms", storageExistingSecret: "s" },
            {
                ...existing,
                ...endpoint,
                storageExistingSecret: "s",
                storageRegion: "x",
                storageCaCertificates: anAuthority,
            },
            { ...endpoint, storagePathStyle: false, postgresArchive: false },
        ];
        for (const args of whole) assert.deepEqual(check(args), [], JSON.stringify(args));
    });
});
