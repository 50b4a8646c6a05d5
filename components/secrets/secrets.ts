import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { checkedSecret } from "../config/each";
import type { Cluster, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";

/** Name of the Secret that this stack makes. */
const secretsName = "justdb-secrets";

/** Where a pod finds a secret, and its value where this stack knows it. */
export interface SecretKey {
    name: pulumi.Input<string>;
    key: string;
    value?: pulumi.Output<string>;
}

/** Ready is the Secret that this stack makes, unless all of them exist already. */
export interface Secrets extends Waited {
    database: SecretKey;
    jwt: SecretKey;
    redis: SecretKey;
}

/** The passwords: given, in a Secret that exists already, or generated once. */
export function createSecrets(cluster: Cluster): Secrets {
    const { settings } = cluster;
    const database = choose(cluster, "postgres-password", 32, "postgresPassword", {
        name: settings.postgresExistingSecret,
        key: settings.postgresExistingSecretKey,
        ownKey: "db-password",
    });
    const jwt = choose(cluster, "jwt-secret", 64, "jwtSecret", {
        name: settings.jwtExistingSecret,
        key: settings.jwtExistingSecretKey,
        ownKey: "jwt-secret",
    });
    const redis = choose(cluster, "redis-password", 32, "redisPassword", {
        name: settings.redisExistingSecret,
        key: settings.redisExistingSecretKey,
        ownKey: "redis-password",
    });

    const own = [database, jwt, redis].filter((secret) => secret.value !== undefined);
    return { database, jwt, redis, ready: own.length === 0 ? [] : [createSecret(cluster, own)] };
}

const createSecret = ({ child, metadata, stateful }: Cluster, own: SecretKey[]) =>
    new core.Secret(
        child("secrets"),
        {
            metadata: metadata(secretsName),
            type: "Opaque",
            data: secretData(Object.fromEntries(own.map(({ key, value }) => [key, value!]))),
        },
        stateful(),
    );

interface Existing {
    name: pulumi.Input<string>;
    key: string;
    /** The key in this stack's own Secret. */
    ownKey: string;
}

function choose(
    cluster: Cluster,
    suffix: string,
    length: number,
    setting: "postgresPassword" | "jwtSecret" | "redisPassword",
    existing: Existing,
): SecretKey {
    if (existing.name !== "") {
        return { name: existing.name, key: existing.key };
    }
    const given = cluster.settings[setting];
    const value = given !== "" ? checkedSecret(setting, given) : generate(cluster, suffix, length);
    return { name: secretsName, key: existing.ownKey, value };
}

/** Letters and digits only: safe in a URL, in YAML and in redis.conf. */
function generate({ child, stateful }: Cluster, suffix: string, length: number): pulumi.Output<string> {
    return pulumi.secret(new RandomPassword(child(suffix), { length, special: false }, stateful()).result);
}
