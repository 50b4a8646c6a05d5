import { eachBucketHas } from "../lib/aws/bucket-companions";
import type { StackRule } from "../lib/rule";

export const s3Versioning: StackRule = {
    name: "s3-versioning",
    description: "Each bucket keeps the versions of its objects.",
    severity: "medium",
    level: "advisory",
    why: "A bucket of what can be made again, such as a cache or logs, is sound without versions.",
    references: ["CKV_AWS_21"],
    remediation: "Give the bucket a BucketVersioning with versioningConfiguration.status Enabled.",
    checkStack: eachBucketHas({
        companion: "bucketVersioning",
        inCompanion: (fields) => [fields.at("versioningConfiguration", "status")],
        inBucket: {
            versioning: (setting) => [setting.at("enabled")],
            versioningConfiguration: (setting) => [setting.at("status")],
            versionings: (setting) => setting.items.map((versioning) => versioning.at("enabled")),
        },
        isGood: ({ value }) => value === "Enabled" || value === true,
        problem: "does not keep versions; it must be enabled",
        missing: "keeps no versions; it must have a BucketVersioning with the status Enabled",
    }),
};
