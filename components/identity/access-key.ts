import * as iam from "@pulumi/aws/iam";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Scope, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";

/** A right of a user, as IAM takes it. */
export interface Statement {
    Sid: string;
    Effect: "Allow";
    Action: string[];
    Resource: pulumi.Input<string>[];
}

/** A Secret with a key. Ready is the Secret. */
export interface AccessKey extends Waited {
    secretName: string;
    id: pulumi.Output<string>;
    secret: pulumi.Output<string>;
}

/** Who a key is for. */
interface Holder {
    /** Begins the names of the user and the key, as children. */
    prefix: string;
    /** Name of the Secret as a child; absent: the prefix and "credentials". */
    secretChild?: string;
    /** Name of the Secret in the cluster. */
    secretName: string;
    rights: Statement[];
    /** What else the Secret tells. */
    more?: Record<string, pulumi.Input<string>>;
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

/** An IAM user with these rights, and its key in a Secret. */
export function createKey({ account, cluster }: Scope, holder: Holder): AccessKey {
    const { prefix, secretName, rights, secretChild = `${prefix}credentials`, more = {} } = holder;
    const { child, options } = account;
    const user = new iam.User(child(`${prefix}user`), { path: "/justdb/" }, options());
    const policy = new iam.UserPolicy(
        child(`${prefix}user-policy`),
        { user: user.name, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: rights }) },
        options(),
    );
    const key = new iam.AccessKey(child(`${prefix}access-key`), { user: user.name }, options({ dependsOn: policy }));
    const value = pulumi.secret(key.secret);
    const secret = new core.Secret(
        cluster.child(secretChild),
        {
            metadata: cluster.metadata(secretName),
            type: "Opaque",
            data: secretData({ "aws-access-key-id": key.id, "aws-secret-access-key": value, ...more }),
        },
        cluster.options(),
    );
    return { secretName, id: key.id, secret: value, ready: [secret] };
}
