import { eachBucketHas } from "../lib/aws/bucket-companions";
import type { StackRule } from "../lib/rule";

export const s3Lifecycle: StackRule = {
    name: "s3-lifecycle",
    description: "Each bucket has a lifecycle rule that is on, so that old versions and failed uploads do not pile up.",
    severity: "low",
    level: "advisory",
    why: "A bucket whose objects are kept for good is sound without one.",
    references: ["CKV2_AWS_61", "S3.13"],
    remediation:
        "Give the bucket a BucketLifecycleConfiguration that ends old versions (noncurrentVersionExpiration) and failed uploads " +
        "(abortIncompleteMultipartUpload).",
    checkStack: eachBucketHas({
        companion: "bucketLifecycleConfiguration",
        inCompanion: (fields) => fields.at("rules").items.map((rule) => rule.at("status")),
        inBucket: {
            lifecycleRules: (setting) => setting.items.map((rule) => rule.at("enabled")),
            lifecycleConfiguration: (setting) => setting.at("rules").items.map((rule) => rule.at("status")),
        },
        isGood: ({ value }) => value === "Enabled" || value === true,
        problem: "is off, as is every other rule of the bucket; one must be on",
        missing: "has no lifecycle rule; it must have a BucketLifecycleConfiguration",
    }),
};
