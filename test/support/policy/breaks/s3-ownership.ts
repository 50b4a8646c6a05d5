import type { Break } from "../break";

export const breaks: Break[] = [
    {
        rule: "s3-ownership",
        title: "ACLs are on",
        fixture: () => ({
            type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            props: { bucket: "files", rule: { objectOwnership: "BucketOwnerEnforced" } },
        }),
        at: ["rule", "objectOwnership"],
        value: "ObjectWriter",
        field: "rule.objectOwnership",
        absent: "wrong",
    },
    {
        rule: "s3-ownership",
        title: "ACLs are on (aws-native)",
        fixture: () => ({
            type: "aws-native:s3:Bucket",
            props: { ownershipControls: { rules: [{ objectOwnership: "BucketOwnerEnforced" }] } },
        }),
        at: ["ownershipControls", "rules", 0, "objectOwnership"],
        value: "BucketOwnerPreferred",
        field: "ownershipControls.rules[0].objectOwnership",
        absent: "wrong",
    },
];
