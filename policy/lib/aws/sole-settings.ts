// Settings of which a bucket, a role, a key and the like has one, as data: by which resources, and by which property, each is set. Two
// that set the same one overwrite each other in turns.

import type { OwnerKind } from "./setting-owners";

interface Setter {
    type: RegExp;
    /** The property that says whose it is. */
    of: string;
    /** With it there may be one of each name, by this property. */
    each?: string;
}

export interface SoleSetting {
    what: string;
    owner: OwnerKind;
    by: Setter[];
    /** The owner may have it itself, by one of these properties. */
    inOwner?: string[];
}

const ofBucket = (kind: string, what: string, ...inOwner: string[]): SoleSetting => ({
    what: `${what} of a bucket`,
    owner: "bucket",
    by: [{ type: new RegExp(`^aws:s3/${kind}(?:V2)?:`), of: "bucket" }],
    inOwner,
});

const ofBucketByName = (kind: string, what: string, each: string): SoleSetting => ({
    what,
    owner: "bucket",
    by: [{ type: new RegExp(`^aws:s3/${kind}:`), of: "bucket", each }],
});

/** Of a resource that is found by this name alone. */
const ofNamed = (what: string, type: RegExp, of: string): SoleSetting => ({ what, owner: "named", by: [{ type, of }] });

const ofAccount = (what: string, type: RegExp, owner: "account" | "region" = "account"): SoleSetting => ({
    what: `${what} of ${owner === "account" ? "an account" : "a region"}`,
    owner,
    by: [{ type, of: "accountId" }],
});

const identities = ["role", "user", "group"] as const;

export const soleSettings: SoleSetting[] = [
    ofAccount("the block of public access", /^aws:s3\/accountPublicAccessBlock:/),
    ofAccount("the rules for passwords", /^aws:iam\/accountPasswordPolicy:/),
    ofAccount("the alias", /^aws:iam\/accountAlias:/),
    ofAccount("the encryption of new volumes", /^aws:ebs\/encryptionByDefault:/, "region"),
    ofAccount("the key of new volumes", /^aws:ebs\/defaultKmsKey:/, "region"),
    ofAccount("the policy of the registry", /^aws:ecr\/registryPolicy:/, "region"),
    ofAccount("the replication of the registry", /^aws:ecr\/replicationConfiguration:/, "region"),
    {
        ...ofBucket("bucketPolicy", "the policy", "policy"),
        by: [{ type: /^(?:aws:s3\/bucketPolicy:|aws-native:s3:BucketPolicy$)/, of: "bucket" }],
    },
    ofBucket("bucketAccelerateConfiguration", "the acceleration", "accelerationStatus", "accelerateConfiguration"),
    ofBucket("bucketAcl", "the ACL", "acl", "grants", "accessControl"),
    ofBucket("bucketCorsConfiguration", "the CORS rules", "corsRules", "corsConfiguration"),
    ofBucket("bucketLifecycleConfiguration", "the lifecycle rules", "lifecycleRules", "lifecycleConfiguration"),
    ofBucket("bucketLogging", "the access logs", "logging", "loggings", "loggingConfiguration"),
    ofBucket("bucketNotification", "the notifications", "notificationConfiguration"),
    ofBucket("bucketObjectLockConfiguration", "the object lock", "objectLockConfiguration"),
    ofBucket("bucketOwnershipControls", "the ownership controls", "ownershipControls"),
    ofBucket("bucketPublicAccessBlock", "the block of public access", "publicAccessBlockConfiguration"),
    ofBucket("bucketReplicationConfig", "the replication", "replicationConfiguration", "replicationConfigurations"),
    ofBucket("bucketRequestPaymentConfiguration", "the payer of requests", "requestPayer"),
    ofBucket(
        "bucketServerSideEncryptionConfiguration",
        "the encryption",
        "serverSideEncryptionConfiguration",
        "serverSideEncryptionConfigurations",
        "bucketEncryption",
    ),
    ofBucket("bucketVersioning", "the versioning", "versioning", "versionings", "versioningConfiguration"),
    ofBucket("bucketWebsiteConfiguration", "the website", "website", "websites", "websiteConfiguration"),
    ...["analyticsConfiguration", "bucketIntelligentTieringConfiguration", "bucketMetric", "inventory"].map((kind) =>
        ofBucketByName(kind, "the configuration of one name of a bucket", "name"),
    ),
    ofBucketByName("(?:bucketObject(?:v2)?|objectCopy)", "the object of one key of a bucket", "key"),
    {
        what: "the policy of an access point",
        owner: "accessPoint",
        by: [{ type: /^aws:s3control\/accessPointPolicy:/, of: "accessPointArn" }],
        inOwner: ["policy"],
    },
    {
        what: "the policy of a table bucket",
        owner: "tableBucket",
        by: [
            { type: /^aws:s3tables\/tableBucketPolicy:/, of: "tableBucketArn" },
            { type: /^aws-native:s3tables:TableBucketPolicy$/, of: "tableBucketArn" },
        ],
    },
    ofNamed("the policy of a bucket of Outposts", /^aws:s3control\/bucketPolicy:/, "bucket"),
    ofNamed("the lifecycle rules of a bucket of Outposts", /^aws:s3control\/bucketLifecycleConfiguration:/, "bucket"),
    ofNamed("the policy of an access point", /^aws:s3control\/objectLambdaAccessPointPolicy:/, "name"),
    ofNamed("the policy of a vault", /^aws:backup\/vaultPolicy:/, "backupVaultName"),
    ofNamed("the policy of a table", /^aws:dynamodb\/resourcePolicy:/, "resourceArn"),
    ofNamed("the policy of a file system", /^aws:efs\/fileSystemPolicy:/, "fileSystemId"),
    ofNamed("the policy of a domain", /^aws:(?:opensearch|elasticsearch)\/domainPolicy:/, "domainName"),
    ofNamed("the policy of an API", /^aws:apigateway\/restApiPolicy:/, "restApiId"),
    ...identities.flatMap((owner): SoleSetting[] => [
        {
            what: `the whole list of policies that are attached to a ${owner}`,
            owner,
            by: [{ type: new RegExp(`^aws:iam/${owner}PolicyAttachmentsExclusive:`), of: `${owner}Name` }],
            inOwner: ["managedPolicyArns"],
        },
        {
            what: `the whole list of inline policies of a ${owner}`,
            owner,
            by: [{ type: new RegExp(`^aws:iam/${owner}PoliciesExclusive:`), of: `${owner}Name` }],
            inOwner: ["inlinePolicies"],
        },
        {
            what: `the inline policy of one name of a ${owner}`,
            owner,
            by: [
                { type: new RegExp(`^aws:iam/${owner}Policy:`), of: owner, each: "name" },
                {
                    type: new RegExp(`^aws-native:iam:${owner}Policy$`, "i"),
                    of: `${owner}Name`,
                    each: "policyName",
                },
            ],
        },
    ]),
    {
        what: "the whole list of members of a group",
        owner: "group",
        by: [{ type: /^aws:iam\/groupMembership:/, of: "group" }],
    },
    {
        what: "the whole list of those that a policy is attached to",
        owner: "policy",
        by: [{ type: /^aws:iam\/policyAttachment:/, of: "policyArn" }],
    },
    {
        what: "the policy of a key",
        owner: "key",
        by: [{ type: /^aws:kms\/keyPolicy:/, of: "keyId" }],
        inOwner: ["policy", "keyPolicy"],
    },
    {
        what: "the policy of a queue",
        owner: "queue",
        by: [
            { type: /^aws:sqs\/queuePolicy:/, of: "queueUrl" },
            { type: /^aws-native:sqs:QueueInlinePolicy$/, of: "queue" },
            { type: /^aws-native:sqs:QueuePolicy$/, of: "queues" },
        ],
        inOwner: ["policy"],
    },
    ...["redrivePolicy", "redriveAllowPolicy"].map((kind): SoleSetting => ({
        what: `the ${kind} of a queue`,
        owner: "queue",
        by: [{ type: new RegExp(`^aws:sqs/${kind}:`), of: "queueUrl" }],
        inOwner: [kind],
    })),
    {
        what: "the policy of a topic",
        owner: "topic",
        by: [
            { type: /^aws:sns\/topicPolicy:/, of: "arn" },
            { type: /^aws-native:sns:TopicInlinePolicy$/, of: "topicArn" },
            { type: /^aws-native:sns:TopicPolicy$/, of: "topics" },
        ],
        inOwner: ["policy"],
    },
    {
        what: "the policy of a repository",
        owner: "repository",
        by: [{ type: /^aws:ecr\/repositoryPolicy:/, of: "repository" }],
    },
    {
        what: "the lifecycle rules of a repository",
        owner: "repository",
        by: [{ type: /^aws:ecr\/lifecyclePolicy:/, of: "repository" }],
    },
    {
        what: "the policy of a secret",
        owner: "secret",
        by: [
            { type: /^aws:secretsmanager\/secretPolicy:/, of: "secretArn" },
            { type: /^aws-native:secretsmanager:ResourcePolicy$/, of: "secretId" },
        ],
        inOwner: ["policy"],
    },
];

export interface WholeList {
    owner: OwnerKind;
    what: string;
    list: { type: RegExp; of: string; items: string };
    /** The owner may have it itself. */
    inOwner?: string;
    /** The resource for one item; its value must be in the list. */
    item: { type: RegExp; of: string; value: string };
}

/** Whole lists, and the resources for one item that must be in the list, or it is taken away by the next update of it. */
export const wholeLists: WholeList[] = [
    ...identities.flatMap((owner): WholeList[] => [
        {
            owner,
            what: "policies that are attached",
            list: {
                type: new RegExp(`^aws:iam/${owner}PolicyAttachmentsExclusive:`),
                of: `${owner}Name`,
                items: "policyArns",
            },
            inOwner: "managedPolicyArns",
            item: { type: new RegExp(`^aws:iam/${owner}PolicyAttachment:`), of: owner, value: "policyArn" },
        },
        {
            owner,
            what: "inline policies",
            list: { type: new RegExp(`^aws:iam/${owner}PoliciesExclusive:`), of: `${owner}Name`, items: "policyNames" },
            inOwner: "inlinePolicies",
            item: { type: new RegExp(`^aws:iam/${owner}Policy:`), of: owner, value: "name" },
        },
        {
            owner: "policy",
            what: `${owner}s that have the policy`,
            list: { type: /^aws:iam\/policyAttachment:/, of: "policyArn", items: `${owner}s` },
            item: { type: new RegExp(`^aws:iam/${owner}PolicyAttachment:`), of: "policyArn", value: owner },
        },
    ]),
    {
        owner: "group",
        what: "members",
        list: { type: /^aws:iam\/groupMembership:/, of: "group", items: "users" },
        item: { type: /^aws:iam\/userGroupMembership:/, of: "groups", value: "user" },
    },
];

export interface InlineList {
    owner: OwnerKind;
    what: string;
    /** The property of the owner that holds all of them. */
    inOwner: string;
    /** The resources for one item, and a property that tells those of the list from others. */
    items: { type: RegExp; of: string; only?: Record<string, string> }[];
}

/** Lists that the owner holds itself, and the resources for one item: whoever is updated takes away what the other has set. */
export const inlineLists: InlineList[] = [
    ...["ingress", "egress"].map((way) => ({
        owner: "securityGroup" as const,
        what: `rules of ${way}`,
        inOwner: way,
        items: [
            { type: new RegExp(`^aws:vpc/securityGroup${way}Rule:`, "i"), of: "securityGroupId" },
            { type: /^aws:ec2\/securityGroupRule:/, of: "securityGroupId", only: { type: way } },
        ],
    })),
    {
        owner: "routeTable",
        what: "routes",
        inOwner: "routes",
        items: [{ type: /^aws:ec2\/route:/, of: "routeTableId" }],
    },
];
