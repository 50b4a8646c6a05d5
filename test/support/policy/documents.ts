// Policy documents for the tests, and breaks of them: in each resource that holds one, as JSON text and as an object.
import { type Break, put } from "./break";
import { type Given, judged, type Props } from "./judge";
import type { Rule } from "../../../policy/lib/rule";

export const documentOf = (...statements: Props[]): Props => ({ Version: "2012-10-17", Statement: statements });
export const textOf = (...statements: Props[]) => JSON.stringify(documentOf(...statements));

/** A resource that holds a document. */
export interface Holder {
    type: string;
    props?: () => Props;
    /** Where the document is. */
    at: (string | number)[];
    /** The same in a message. */
    path: string;
}

export const holding = ({ type, props = () => ({}), at }: Holder, document: unknown): Given =>
    put({ type, props: props() }, at, document);

interface DocumentBreak {
    rule: string;
    title: string;
    holders: Holder[];
    good: Props;
    bad: Props;
    /** Where the bad statement is wrong: `Action`. */
    names: string;
    alsoBreaks?: string[];
}

/** A break of a statement, in every holder. */
export function documentBreaks({ holders, good, bad, names, title, ...rest }: DocumentBreak): Break[] {
    return holders.flatMap((holder) =>
        [textOf, documentOf].map((make) => ({
            ...rest,
            title: `${title} (${holder.type}, ${make === textOf ? "text" : "object"})`,
            fixture: () => holding(holder, make(good)),
            at: holder.at,
            value: make(good, bad),
            field: `${holder.path}.Statement[1].${names}`,
            absent: "fine" as const,
            unjudged: holder.path,
        })),
    );
}

/** What a rule says of a document with these statements. */
export const saidOf =
    (rule: Rule, holder: Holder) =>
    (...statements: Props[]): string[] =>
        judged(rule, holding(holder, textOf(...statements))).violations;

const allow = (more: Props): Props => ({ Effect: "Allow", ...more });
export const deny = (more: Props): Props => ({ Effect: "Deny", ...more });

/** A statement that lets somebody use a bucket. */
export const bucketStatement = (more: Props = {}): Props =>
    allow({
        Principal: { AWS: "arn:aws:iam::123456789012:role/app" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::files/*",
        ...more,
    });

/** A statement that lets somebody use a key. */
export const keyStatement = (more: Props = {}): Props =>
    allow({ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*", ...more });

/** A statement of an identity. */
export const identityStatement = (more: Props = {}): Props =>
    allow({ Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::files/*", ...more });

/** A statement that lets a service take a role. */
export const trustStatement = (more: Props = {}): Props =>
    allow({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole", ...more });

const plain = (type: string, key: string): Holder => ({ type, at: [key], path: key });

export const bucketHolders: Holder[] = [
    plain("aws:s3/bucketPolicy:BucketPolicy", "policy"),
    plain("aws:s3/bucket:Bucket", "policy"),
    plain("aws:s3/bucketV2:BucketV2", "policy"),
    plain("aws:s3/accessPoint:AccessPoint", "policy"),
    plain("aws:s3control/accessPointPolicy:AccessPointPolicy", "policy"),
    plain("aws:s3control/bucketPolicy:BucketPolicy", "policy"),
    plain("aws:s3tables/tableBucketPolicy:TableBucketPolicy", "resourcePolicy"),
    plain("aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy", "policy"),
    {
        type: "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy",
        props: () => ({ details: { name: "all" } }),
        at: ["details", "policy"],
        path: "details.policy",
    },
    ...["s3", "s3express", "s3outposts"].map((module) => plain(`aws-native:${module}:BucketPolicy`, "policyDocument")),
    ...["s3", "s3express", "s3outposts"].map((module) => plain(`aws-native:${module}:AccessPoint`, "policy")),
    plain("aws-native:s3:MultiRegionAccessPointPolicy", "policy"),
    plain("aws-native:s3objectlambda:AccessPointPolicy", "policyDocument"),
    plain("aws-native:s3tables:TableBucketPolicy", "resourcePolicy"),
    plain("aws-native:s3vectors:VectorBucketPolicy", "policy"),
    plain("aws-native:s3files:FileSystemPolicy", "policy"),
];

export const identityHolders: Holder[] = [
    plain("aws:iam/policy:Policy", "policy"),
    plain("aws:iam/userPolicy:UserPolicy", "policy"),
    plain("aws:iam/rolePolicy:RolePolicy", "policy"),
    plain("aws:iam/groupPolicy:GroupPolicy", "policy"),
    {
        type: "aws:iam/role:Role",
        props: () => ({ assumeRolePolicy: textOf(trustStatement()), inlinePolicies: [{ name: "app" }] }),
        at: ["inlinePolicies", 0, "policy"],
        path: "inlinePolicies[app].policy",
    },
    plain("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", "inlinePolicy"),
    ...["Managed", "User", "Role", "Group"].map((kind) => plain(`aws-native:iam:${kind}Policy`, "policyDocument")),
    plain("aws-native:sso:PermissionSet", "inlinePolicy"),
    {
        type: "aws-native:iam:User",
        props: () => ({ policies: [{ policyName: "app" }] }),
        at: ["policies", 0, "policyDocument"],
        path: "policies[0].policyDocument",
    },
];

export const trustHolders: Holder[] = [
    plain("aws:iam/role:Role", "assumeRolePolicy"),
    plain("aws-native:iam:Role", "assumeRolePolicyDocument"),
];

export const keyHolders: Holder[] = [
    { ...plain("aws:kms/key:Key", "policy"), props: () => ({ enableKeyRotation: true }) },
    plain("aws:kms/keyPolicy:KeyPolicy", "policy"),
    plain("aws:kms/replicaKey:ReplicaKey", "policy"),
    plain("aws:kms/externalKey:ExternalKey", "policy"),
    plain("aws:kms/replicaExternalKey:ReplicaExternalKey", "policy"),
    { ...plain("aws-native:kms:Key", "keyPolicy"), props: () => ({ enableKeyRotation: true }) },
    plain("aws-native:kms:ReplicaKey", "keyPolicy"),
];
