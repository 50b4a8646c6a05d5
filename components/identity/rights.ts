import * as pulumi from "@pulumi/pulumi";

/** A right, as IAM takes it. */
export interface Statement {
    Sid: string;
    Effect: "Allow";
    Action: string[];
    Resource: pulumi.Input<string>[];
    Condition?: Record<string, Record<string, pulumi.Input<string>>>;
}

/** A bucket of this stack, or of another one. */
interface Bucket {
    arn: pulumi.Input<string>;
}

/** A bucket of that name in the same partition of AWS as one of this stack. */
export const bucketBeside = (own: { arn: pulumi.Output<string> }, name: string): Bucket => ({
    arn: own.arn.apply((arn) => arn.replace(/[^:]*$/, name)),
});

/** Rights on buckets themselves. */
export const onBuckets = (Sid: string, buckets: Bucket[], Action: string[]): Statement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: buckets.map((bucket) => bucket.arn),
});

/** Rights on the objects below a prefix. */
export const onObjects = (Sid: string, bucket: Bucket, prefix: pulumi.Input<string>, Action: string[]): Statement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: [pulumi.interpolate`${bucket.arn}/${prefix}*`],
});

/** The document of a policy. */
export const policyDocument = (Statement: object[]): pulumi.Output<string> =>
    pulumi.jsonStringify({ Version: "2012-10-17", Statement });
