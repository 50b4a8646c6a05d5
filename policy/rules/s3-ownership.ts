import type { ResourceRule } from "../lib/rule";

export const s3Ownership: ResourceRule = {
    name: "s3-ownership",
    description: "Access control lists are off: the owner of a bucket owns its objects.",
    severity: "low",
    level: "advisory",
    why: "Some services of AWS, such as older logs of CloudFront, deliver to a bucket by its ACL only.",
    references: ["S3.12"],
    remediation: "Set rule.objectOwnership to BucketOwnerEnforced, and give access by policies.",
    check: ({ type, fields }, judge) => {
        if (!type.startsWith("aws:s3/bucketOwnershipControls:")) return;
        const ownership = fields.at("rule", "objectOwnership");
        if (ownership.value !== "BucketOwnerEnforced") judge.wrong(ownership, "is not BucketOwnerEnforced; it must be");
    },
};
