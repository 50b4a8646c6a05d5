import type { Field } from "../lib/field";
import type { ResourceRule } from "../lib/rule";

export const s3Ownership: ResourceRule = {
    name: "s3-ownership",
    description: "Access control lists are off: the owner of a bucket owns its objects.",
    severity: "low",
    level: "advisory",
    why: "Some services of AWS, such as older logs of CloudFront, deliver to a bucket by its ACL only.",
    references: ["CKV2_AWS_65", "S3.12"],
    remediation: "Set objectOwnership to BucketOwnerEnforced, and give access by policies.",
    check: ({ type, fields }, judge) => {
        const check = (ownership: Field) => {
            if (ownership.value !== "BucketOwnerEnforced")
                judge.wrong(ownership, "is not BucketOwnerEnforced; it must be");
        };
        if (type.startsWith("aws:s3/bucketOwnershipControls:")) check(fields.at("rule", "objectOwnership"));
        // Without rules ACLs are off.
        if (type === "aws-native:s3:Bucket")
            judge.each(fields.at("ownershipControls", "rules").items, (rule) => check(rule.at("objectOwnership")));
    },
};
