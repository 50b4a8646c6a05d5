import { eachBucketHas } from "../lib/aws/bucket-companions";
import type { Field } from "../lib/field";
import type { StackRule } from "../lib/rule";

const algorithm = (rule: Field) => rule.at("applyServerSideEncryptionByDefault", "sseAlgorithm");

export const s3Encryption: StackRule = {
    name: "s3-encryption",
    description: "Each bucket says by which algorithm it encrypts, and it is one that is allowed.",
    severity: "medium",
    level: "mandatory",
    references: ["CKV_AWS_19"],
    remediation: "Give the bucket a BucketServerSideEncryptionConfiguration with sseAlgorithm AES256 or aws:kms.",
    config: {
        algorithms: {
            type: "array",
            items: { type: "string" },
            description:
                "The values of sseAlgorithm that are allowed. Leave out AES256 where every bucket must have a key of KMS.",
            default: ["AES256", "aws:kms", "aws:kms:dsse"],
        },
    },
    checkStack: eachBucketHas({
        companion: "bucketServerSideEncryptionConfiguration",
        inCompanion: (fields) => fields.at("rules").items.map(algorithm),
        inBucket: {
            serverSideEncryptionConfiguration: (setting) => [algorithm(setting.at("rule"))],
            bucketEncryption: (setting) =>
                setting
                    .at("serverSideEncryptionConfiguration")
                    .items.map((rule) => rule.at("serverSideEncryptionByDefault", "sseAlgorithm")),
            serverSideEncryptionConfigurations: (setting) =>
                setting.items
                    .flatMap((configuration) => configuration.at("rules").items)
                    .flatMap((rule) => rule.at("applyServerSideEncryptionByDefaults").items)
                    .map((byDefault) => byDefault.at("sseAlgorithm")),
        },
        isGood: (field, _bucket, { algorithms }) => (algorithms as unknown[]).includes(field.value),
        problem: "is no algorithm that is allowed",
        missing:
            "does not say how it encrypts; it must have a BucketServerSideEncryptionConfiguration with a sseAlgorithm",
    }),
};
