import { eachBucketHas } from "../lib/aws/bucket-companions";
import type { StackRule } from "../lib/rule";

export const s3PublicAccessBlock: StackRule = {
    name: "s3-public-access-block",
    description: "Each bucket has a BucketPublicAccessBlock of its own.",
    severity: "high",
    level: "mandatory",
    references: ["CKV2_AWS_6", "S3.8"],
    remediation: "Give the bucket a BucketPublicAccessBlock with all four settings true.",
    checkStack: eachBucketHas({
        companion: "bucketPublicAccessBlock",
        // The rule s3-public-access-block-settings judges what it holds.
        inCompanion: (fields) => [fields],
        isGood: () => true,
        problem: "",
        missing: "has no BucketPublicAccessBlock; it must have one with all four settings true",
    }),
};
