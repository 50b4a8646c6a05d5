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
];
