import { accountOf } from "../lib/aws/account";
import { eachBucketHas } from "../lib/aws/bucket-companions";
import type { StackResource } from "../lib/resource";
import type { StackRule } from "../lib/rule";
import type { Stack } from "../lib/stack";

const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** A block for a whole account is for its buckets, when nothing is open in it. */
function isOpenAccount(stack: Stack): (bucket: StackResource) => boolean {
    const blocked = stack
        .ofType(/^aws:s3\/accountPublicAccessBlock:/)
        .filter(({ fields }) =>
            settings.map((name) => fields.at(name)).every((field) => !field.unknown && field.value === true),
        )
        .map((block) => accountOf(stack, block));
    return (bucket) => !blocked.includes(accountOf(stack, bucket));
}

export const s3PublicAccessBlock: StackRule = {
    name: "s3-public-access-block",
    description: "Each bucket has a block of public access of its own, or the stack has one for the whole account.",
    severity: "high",
    level: "mandatory",
    references: ["CKV2_AWS_6", "S3.8"],
    remediation:
        "Give the bucket a BucketPublicAccessBlock with all four settings true; with aws-native set publicAccessBlockConfiguration.",
    checkStack: eachBucketHas({
        companion: "bucketPublicAccessBlock",
        // The rule s3-public-access-block-settings judges what it holds.
        inCompanion: (fields) => [fields],
        inBucket: { publicAccessBlockConfiguration: (setting) => [setting] },
        isGood: (field) => field.unknown || !field.absent,
        problem: "",
        missing: "has no BucketPublicAccessBlock; it must have one with all four settings true",
        needs: isOpenAccount,
    }),
};
