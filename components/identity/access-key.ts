import * as iam from "@pulumi/aws/iam";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Scope, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";

/** A right of a user, as IAM takes it. */
export interface Statement {
    Sid: string;
    Effect: "Allow";
    Action: string[];
    Resource: pulumi.Input<string>[];
    Condition?: Record<string, Record<string, pulumi.Input<string>>>;
}

/** A Secret with a key. Ready is the Secret. */
export interface AccessKey extends Waited {
    secretName: string;
    /** Under which keys of the Secret it is. */
    inSecret: { id: string; secret: string };
    /** Empty, as the secret is, where this stack does not know it. */
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

/** Where it is in a Secret of this stack. */
const inSecret = { id: "aws-access-key-id", secret: "aws-secret-access-key" };

/** An IAM user with these rights, and its key in a Secret; or the key that there is already, for all. */
export function createKey({ settings, account, cluster }: Scope, holder: Holder): AccessKey {
    const { prefix, secretName, rights, more = {} } = holder;
    if (settings.storageExistingSecret !== "") return existingKey(cluster, holder);
    const { child, options } = account;
    const user = new iam.User(child(`${prefix}user`), { path: "/justdb/" }, options());
    const policy = new iam.UserPolicy(
        child(`${prefix}user-policy`),
        { user: user.name, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: rights }) },
        options(),
    );
    const key = new iam.AccessKey(child(`${prefix}access-key`), { user: user.name }, options({ dependsOn: policy }));
    const value = pulumi.secret(key.secret);
    const content = { [inSecret.id]: key.id, [inSecret.secret]: value, ...more };
    return { secretName, inSecret, id: key.id, secret: value, ready: [createSecret(cluster, holder, content)] };
}

/** What else a holder's Secret tells is in one of this stack still. */
function existingKey(cluster: Cluster, holder: Holder): AccessKey {
    const { storageExistingSecret, storageExistingSecretIdKey, storageExistingSecretSecretKey } = cluster.settings;
    const unknown = pulumi.output("");
    return {
        secretName: storageExistingSecret,
        inSecret: { id: storageExistingSecretIdKey, secret: storageExistingSecretSecretKey },
        id: unknown,
        secret: unknown,
        ready: Object.keys(holder.more ?? {}).length > 0 ? [createSecret(cluster, holder, holder.more!)] : [],
    };
}

const createSecret = (
    { child, metadata, options }: Cluster,
    { prefix, secretName, secretChild = `${prefix}credentials` }: Holder,
    content: Record<string, pulumi.Input<string>>,
) =>
    new core.Secret(
        child(secretChild),
        { metadata: metadata(secretName), type: "Opaque", data: secretData(content) },
        options(),
    );
