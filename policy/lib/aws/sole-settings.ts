// Settings of which a bucket, a role, a key and the like has one, as data: by which resources, and by which property, each is set. Two
// that set the same one overwrite each other in turns.

/** What a setting is of, and the properties by which others may call it. */
export const owners = {
    bucket: { type: /^(?:aws:s3\/bucket(?:V2)?:|aws-native:s3:Bucket$)/, names: ["id", "bucket", "bucketName", "arn"] },
    role: { type: /^(?:aws:iam\/role:|aws-native:iam:Role$)/, names: ["id", "name", "roleName"] },
    user: { type: /^(?:aws:iam\/user:|aws-native:iam:User$)/, names: ["id", "name", "userName"] },
    group: { type: /^(?:aws:iam\/group:|aws-native:iam:Group$)/, names: ["id", "name", "groupName"] },
    policy: { type: /^(?:aws:iam\/policy:|aws-native:iam:ManagedPolicy$)/, names: ["id", "arn", "policyArn"] },
    key: { type: /^(?:aws:kms\/key:|aws-native:kms:Key$)/, names: ["id", "keyId", "arn"] },
    queue: { type: /^aws:sqs\/queue:/, names: ["id", "url"] },
    topic: { type: /^aws:sns\/topic:/, names: ["id", "arn"] },
    repository: { type: /^aws:ecr\/repository:/, names: ["id", "name"] },
    secret: { type: /^aws:secretsmanager\/secret:/, names: ["id", "arn"] },
} satisfies Record<string, { type: RegExp; names: string[] }>;

export interface SoleSetting {
    what: string;
    owner: keyof typeof owners;
    /** A resource for it, and the property that says whose it is. */
    by: { type: RegExp; of: string };
    /** The owner may have it itself, by one of these properties. */
    inOwner?: string[];
    /** With it there may be one of each name, by this property. */
    each?: string;
}

const ofBucket = (kind: string, what: string, ...inOwner: string[]): SoleSetting => ({
    what: `${what} of a bucket`,
    owner: "bucket",
    by: { type: new RegExp(`^aws:s3/${kind}(?:V2)?:`), of: "bucket" },
    inOwner,
});

const identities = ["role", "user", "group"] as const;

export const soleSettings: SoleSetting[] = [
    {
        ...ofBucket("bucketPolicy", "the policy", "policy"),
        by: { type: /^(?:aws:s3\/bucketPolicy:|aws-native:s3:BucketPolicy$)/, of: "bucket" },
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
    ...["analyticsConfiguration", "bucketIntelligentTieringConfiguration", "bucketMetric", "inventory"].map((kind) => ({
        ...ofBucket(kind, "the configuration of one name"),
        each: "name",
    })),
    ...identities.flatMap((owner): SoleSetting[] => [
        {
            what: `the whole list of policies that are attached to a ${owner}`,
            owner,
            by: { type: new RegExp(`^aws:iam/${owner}PolicyAttachmentsExclusive:`), of: `${owner}Name` },
            inOwner: ["managedPolicyArns"],
        },
        {
            what: `the whole list of inline policies of a ${owner}`,
            owner,
            by: { type: new RegExp(`^aws:iam/${owner}PoliciesExclusive:`), of: `${owner}Name` },
            inOwner: ["inlinePolicies"],
        },
        {
            what: `the inline policy of one name of a ${owner}`,
            owner,
            by: { type: new RegExp(`^aws:iam/${owner}Policy:`), of: owner },
            each: "name",
        },
        {
            what: `the inline policy of one name of a ${owner}`,
            owner,
            by: { type: new RegExp(`^aws-native:iam:${owner}Policy$`, "i"), of: `${owner}Name` },
            each: "policyName",
        },
    ]),
    {
        what: "the whole list of members of a group",
        owner: "group",
        by: { type: /^aws:iam\/groupMembership:/, of: "group" },
    },
    {
        what: "the whole list of those that a policy is attached to",
        owner: "policy",
        by: { type: /^aws:iam\/policyAttachment:/, of: "policyArn" },
    },
    {
        what: "the policy of a key",
        owner: "key",
        by: { type: /^aws:kms\/keyPolicy:/, of: "keyId" },
        inOwner: ["policy", "keyPolicy"],
    },
    {
        what: "the policy of a queue",
        owner: "queue",
        by: { type: /^aws:sqs\/queuePolicy:/, of: "queueUrl" },
        inOwner: ["policy"],
    },
    {
        what: "the policy of a topic",
        owner: "topic",
        by: { type: /^aws:sns\/topicPolicy:/, of: "arn" },
        inOwner: ["policy"],
    },
    {
        what: "the policy of a repository",
        owner: "repository",
        by: { type: /^aws:ecr\/repositoryPolicy:/, of: "repository" },
    },
    {
        what: "the lifecycle rules of a repository",
        owner: "repository",
        by: { type: /^aws:ecr\/lifecyclePolicy:/, of: "repository" },
    },
    {
        what: "the policy of a secret",
        owner: "secret",
        by: { type: /^aws:secretsmanager\/secretPolicy:/, of: "secretArn" },
        inOwner: ["policy"],
    },
];

/** Whole lists, and the resources for one item that must be in the list, or it is taken away by the next update of it. */
export const wholeLists = identities.flatMap((owner) => [
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
]);
