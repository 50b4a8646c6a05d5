import type { Break } from "../break";
import type { Props } from "../judge";

const all = "http://acs.amazonaws.com/groups/global/AllUsers";
const authenticated = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

const withAcl = [
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:s3/bucketAcl:BucketAcl",
    "aws:s3/bucketAclV2:BucketAclV2",
    "aws:s3/bucketObject:BucketObject",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/objectCopy:ObjectCopy",
];

const acl = (type: string, value: string): Break => ({
    rule: "s3-acl",
    title: `${value} (${type})`,
    fixture: () => ({ type, props: { bucket: "files", acl: "private" } }),
    at: ["acl"],
    value,
    field: "acl",
    absent: "fine",
});

const grant = (type: string, props: () => Props, at: (string | number)[], value: string, field: string): Break => ({
    rule: "s3-acl",
    title: `grant to ${value.split("/").at(-1)} (${type})`,
    fixture: () => ({ type, props: props() }),
    at,
    value,
    field,
    absent: "fine",
});

const own = () => ({ bucket: "files", grants: [{ type: "Group", permissions: ["WRITE"], uri: logDelivery }] });
const policy = () => ({
    bucket: "files",
    accessControlPolicy: { grants: [{ permission: "READ", grantee: { type: "Group", uri: logDelivery } }] },
});
const logging = () => ({
    bucket: "files",
    targetBucket: "logs",
    targetGrants: [{ permission: "READ", grantee: { type: "Group", uri: logDelivery } }],
});

const nativeAcl = (value: string): Break => ({
    ...acl("aws-native:s3:Bucket", value),
    fixture: () => ({ type: "aws-native:s3:Bucket", props: { accessControl: "Private" } }),
    at: ["accessControl"],
    field: "accessControl",
});

export const breaks: Break[] = [
    ...["PublicRead", "PublicReadWrite", "AuthenticatedRead"].map(nativeAcl),
    ...withAcl.map((type) => acl(type, "public-read")),
    acl("aws:s3/bucketAcl:BucketAcl", "public-read-write"),
    acl("aws:s3/bucketAcl:BucketAcl", "authenticated-read"),
    ...["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws:s3/objectCopy:ObjectCopy"].map((type) =>
        grant(type, own, ["grants", 0, "uri"], all, "grants[0].uri"),
    ),
    ...["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"].map((type) =>
        grant(
            type,
            policy,
            ["accessControlPolicy", "grants", 0, "grantee", "uri"],
            authenticated,
            "accessControlPolicy.grants[0].grantee.uri",
        ),
    ),
    grant(
        "aws:s3/bucketLogging:BucketLogging",
        logging,
        ["targetGrants", 0, "grantee", "uri"],
        all,
        "targetGrants[0].grantee.uri",
    ),
];
