import * as s3 from "@pulumi/aws/s3";
import type * as inputs from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../lib/scope";

type Rule = inputs.s3.BucketLifecycleConfigurationRule;

/** A bucket of this stack, or one that was there before. */
export interface Bucket {
    bucket: pulumi.Output<string>;
    arn: pulumi.Output<string>;
    region: pulumi.Output<string>;
}

/** The rule by which replaced versions leave a bucket, each after its days. */
export const oldVersions = "expire-old-versions";

/** One private bucket: encrypted, versioned, owned by its account alone, spoken to by TLS. All of it stays when the bucket does. */
export function createBucket(
    { settings, child, stateful }: Account,
    kind: string,
    name: string,
    { kmsKey, expiry = [] }: { kmsKey?: pulumi.Output<string>; expiry?: Rule[] },
): Bucket {
    const bucket = new s3.Bucket(
        child(kind),
        // Without a name, the provider makes one from the child's name and a random end.
        {
            ...(name === "" ? {} : { bucket: name }),
            // What is not protected can be removed, with all that is in it.
            forceDestroy: !settings.protect,
            tags: { component: "justdb-cloud", content: kind },
        },
        stateful(),
    );
    const of = { bucket: bucket.bucket };

    new s3.BucketOwnershipControls(
        child(`${kind}-ownership`),
        { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
        stateful(),
    );
    const publicAccess = new s3.BucketPublicAccessBlock(
        child(`${kind}-public-access`),
        { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        stateful(),
    );
    new s3.BucketServerSideEncryptionConfiguration(
        child(`${kind}-encryption`),
        { ...of, rules: [kmsKey ? byKms(kmsKey) : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        stateful(),
    );
    const versioning = new s3.BucketVersioning(
        child(`${kind}-versioning`),
        { ...of, versioningConfiguration: { status: "Enabled" } },
        stateful(),
    );
    new s3.BucketLifecycleConfiguration(
        child(`${kind}-lifecycle`),
        {
            ...of,
            rules: [
                {
                    id: oldVersions,
                    status: "Enabled",
                    filter: { prefix: "" },
                    // What is deleted leaves a marker, which would stay for good when its versions are gone. S3 takes no days beside it.
                    expiration: { expiredObjectDeleteMarker: true },
                    noncurrentVersionExpiration: { noncurrentDays: settings.storageNoncurrentDays },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
                ...expiry,
            ],
        },
        stateful({ dependsOn: versioning }),
    );
    new s3.BucketPolicy(
        child(`${kind}-tls-only`),
        { ...of, policy: tlsOnly(bucket.arn) },
        stateful({ dependsOn: publicAccess }),
    );
    return bucket;
}

/** Of what is written from now on. With a key of the bucket's own below it, S3 asks KMS once for many objects. */
const byKms = (kmsMasterKeyId: pulumi.Output<string>) => ({
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
    bucketKeyEnabled: true,
});

function tlsOnly(arn: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "RefuseWithoutTls",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [arn, pulumi.interpolate`${arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}
