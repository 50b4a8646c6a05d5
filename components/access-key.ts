import * as iam from "@pulumi/aws/iam";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./lib/context";

/** A right of a user, as IAM takes it. */
export interface Statement {
    Sid: string;
    Effect: "Allow";
    Action: string[];
    Resource: pulumi.Input<string>[];
}

/** A Secret with a key, and what whoever uses it waits for. */
export interface AccessKey {
    secretName: string;
    created: pulumi.Resource[];
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
export const onObjects = (Sid: string, bucket: Bucket, prefix: string, Action: string[]): Statement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: [pulumi.interpolate`${bucket.arn}/${prefix}*`],
});

/** An IAM user with these rights, and its key in a Secret, beside what else is told there. */
export function createKey(
    context: Context,
    inNamespace: Context,
    suffix: string,
    secretName: string,
    Statement: Statement[],
    more: Record<string, pulumi.Input<string>> = {},
): AccessKey {
    const { child, options } = context;
    const user = new iam.User(child(`${suffix}-user`), { path: "/justdb/" }, options());
    const policy = new iam.UserPolicy(
        child(`${suffix}-user-policy`),
        { user: user.name, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement }) },
        options(),
    );
    const key = new iam.AccessKey(child(`${suffix}-access-key`), { user: user.name }, options({ dependsOn: policy }));
    const secret = new core.Secret(
        child(`${suffix}-credentials`),
        {
            metadata: context.metadata(secretName),
            type: "Opaque",
            stringData: { "aws-access-key-id": key.id, "aws-secret-access-key": pulumi.secret(key.secret), ...more },
        },
        inNamespace.options(),
    );
    return { secretName, created: [secret] };
}
