import * as iam from "@pulumi/aws/iam";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Age } from "../lib/age";
import { generations, ofGeneration } from "../lib/generation";
import { type Account, type Cluster, retained, type Scope, type Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import { policyDocument, type Statement } from "./rights";

/** Who a key is for. */
export interface KeyHolder {
    /** Begins the names of the user and the key, as children. */
    prefix: string;
    /** Name of the Secret as a child; absent: the prefix and "credentials". */
    secretChild?: string;
    /** Name of the Secret in the cluster, in the first generation. */
    secretName: string;
    rights: Statement[];
    /** What else the Secret tells. */
    more?: Record<string, pulumi.Input<string>>;
    generation: number;
    /** Whether the current key outlives its removal from a stack that is protected. */
    isRetained?: boolean;
}

/** A Secret with a key. Ready is the Secret. */
export interface AccessKey extends Waited {
    secretName: string;
    id: pulumi.Output<string>;
    secret: pulumi.Output<string>;
    age: Age;
}

/** A user with these rights, and its key in a Secret. */
export function createKey(scope: Scope, holder: KeyHolder): AccessKey {
    const { account, cluster } = holder.isRetained ? retained(scope) : scope;
    const key = createUserWithKey(account, holder, holder.generation, "Active");
    const value = pulumi.secret(key.secret);
    const secret = createSecret(cluster, holder, { "aws-access-key-id": key.id, "aws-secret-access-key": value });
    return {
        secretName: ofGeneration(holder.secretName, holder.generation),
        id: key.id,
        secret: value,
        age: { name: `${holder.prefix || "app-"}access-key`, created: key.createDate },
        ready: [secret],
    };
}

/** The holder's Secret, with what else it tells. */
export function createSecret(
    { child, metadata, options }: Cluster,
    { prefix, secretName, generation, secretChild = `${prefix}credentials`, more }: KeyHolder,
    content: Record<string, pulumi.Input<string>> = {},
): core.Secret {
    return new core.Secret(
        child(ofGeneration(secretChild, generation)),
        {
            metadata: metadata(ofGeneration(secretName, generation)),
            type: "Opaque",
            data: secretData({ ...content, ...more }),
        },
        options(),
    );
}

/** The key of before this one. It is refused from now on, and still there in case somebody goes back. Its Secret is not. */
export function retireFormer(account: Account, holder: KeyHolder): void {
    const { former } = generations(holder.generation);
    if (former !== undefined) createUserWithKey(account, holder, former, "Inactive");
}

/**
 * Each generation has a user of its own. AWS takes two keys a user: a key whose creation was cut off, so that nobody knows its secret,
 * would keep the next ones from being made; so it goes with its user.
 */
function createUserWithKey(
    { settings, child, options }: Account,
    { prefix, rights }: KeyHolder,
    generation: number,
    status: "Active" | "Inactive",
): iam.AccessKey {
    const { iamPath, iamPermissionsBoundary } = settings;
    const named = (name: string) => child(ofGeneration(`${prefix}${name}`, generation));
    const user = new iam.User(
        named("user"),
        {
            path: iamPath,
            forceDestroy: true,
            ...(iamPermissionsBoundary === "" ? {} : { permissionsBoundary: iamPermissionsBoundary }),
        },
        options(),
    );
    const policy = new iam.UserPolicy(
        named("user-policy"),
        { user: user.name, policy: policyDocument(rights) },
        options(),
    );
    return new iam.AccessKey(named("access-key"), { user: user.name, status }, options({ dependsOn: policy }));
}
