import type { core } from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Scripts } from "../backup/scripts";
import type { Age } from "../lib/age";
import { generations } from "../lib/generation";
import type { Cluster, Scope, Waited } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import { createServiceAccount } from "../lib/service-account";
import { createAccepted } from "./accepted";
import { createKey, createSecret, type KeyHolder } from "./access-key";
import { createRole, roleVariables } from "./role";
import { type RoleWay, tokenSource, usesExisting, usesKeys } from "./ways";

/** By what pods call AWS, whichever way. Ready when they may be made. */
export interface Credentials extends Waited {
    /** Name of the Secret with aws-access-key-id and aws-secret-access-key; empty with a role. */
    secretName: string;
    /** Id of the access key that this stack made; empty else. */
    id: pulumi.Output<string>;
    /** Secret values: pods are made anew when one changes. */
    values: pulumi.Output<string>[];
    /** Of the container that calls AWS. */
    env: core.v1.EnvVar[];
    /** Of its pod, and where the container has them. */
    volumes: core.v1.Volume[];
    mounts: core.v1.VolumeMount[];
    holder: KeyHolder;
    /** Of the key that this stack made. */
    ages: Age[];
}

/** Whose credentials they are. */
export interface Holder extends KeyHolder {
    /** The ServiceAccount of the pods, which is made with the credentials. */
    account: string;
    /** ServiceAccounts made elsewhere whose pods have the same. */
    others?: string[];
    /** A bucket that they may list: by that one sees that AWS knows them. */
    asks: { bucket: pulumi.Input<string>; region: pulumi.Input<string> };
    /** Whether a pod that uses them at once takes the first refusal for an answer: so the first generation is waited for too. */
    isAwaited?: boolean;
}

/** Credentials with these rights, and the ServiceAccount of their pods. */
export function createCredentials(scope: Scope, holder: Holder, scripts: Scripts): Credentials {
    const account = createServiceAccount(scope.cluster, `${holder.prefix}account`, holder.account);
    const made = wayOf(scope)(scope, holder);
    const credentials = { ...made, ready: [account, ...made.ready] };
    const isNew = !usesExisting(scope.settings);
    const isTried = isNew && (holder.isAwaited === true || generations(holder.generation).former !== undefined);
    const tried = isTried ? createAccepted(scope.cluster, holder, credentials, scripts).ready : [];
    return { ...credentials, ready: [...credentials.ready, ...tried] };
}

function wayOf({ settings }: Scope): (scope: Scope, holder: Holder) => Credentials {
    if (usesExisting(settings)) return byExisting;
    return usesKeys(settings) ? byKey : byRole;
}

/** With no call of IAM. */
function byExisting({ settings, cluster }: Scope, holder: KeyHolder): Credentials {
    const { storageExistingSecret, storageExistingSecretIdKey, storageExistingSecretSecretKey } = settings;
    const keys = { id: storageExistingSecretIdKey, secret: storageExistingSecretSecretKey };
    return {
        secretName: storageExistingSecret,
        id: pulumi.output(""),
        values: [],
        env: fromSecret(storageExistingSecret, keys),
        volumes: [],
        mounts: [],
        ready: tellMore(cluster, holder),
        // When it was made is known to whoever made it.
        ages: [],
        holder,
    };
}

/** What a Secret with a key tells as well, where there is no such Secret of this stack. */
const tellMore = (cluster: Cluster, holder: KeyHolder) =>
    Object.keys(holder.more ?? {}).length > 0 ? [createSecret(cluster, holder)] : [];

function byKey(scope: Scope, holder: KeyHolder): Credentials {
    const { secretName, id, secret, age, ready } = createKey(scope, holder);
    const env = fromSecret(secretName);
    return { secretName, id, values: [id, secret], env, volumes: [], mounts: [], ready, holder, ages: [age] };
}

/** Of a Secret with a key. */
export function fromSecret(name: string, keys = ownKeys): core.v1.EnvVar[] {
    return [
        secretVariable("AWS_ACCESS_KEY_ID", { name, key: keys.id }),
        secretVariable("AWS_SECRET_ACCESS_KEY", { name, key: keys.secret }),
    ];
}

const ownKeys = { id: "aws-access-key-id", secret: "aws-secret-access-key" };

const token = { name: "aws-token", folder: "/var/run/secrets/aws" };

function byRole({ settings, account, cluster }: Scope, holder: Holder): Credentials {
    const role = createRole(account, { ...holder, admitted: [holder.account, ...(holder.others ?? [])] });
    const way = settings.awsCredentials as RoleWay;
    return {
        secretName: "",
        id: pulumi.output(""),
        values: [],
        env: roleVariables(settings, role, `${token.folder}/token`),
        volumes: [{ name: token.name, projected: { sources: [tokenSource(way)] } }],
        mounts: [{ name: token.name, mountPath: token.folder, readOnly: true }],
        ready: [...role.ready, ...tellMore(cluster, holder)],
        holder,
        ages: [],
    };
}
