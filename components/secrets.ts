import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Context } from "./lib/context";
import { names } from "./lib/names";
import { checkedSecret } from "./resolve/each";

/** Where a pod finds a secret, and its value where this stack knows it. */
export interface SecretKey {
    name: pulumi.Input<string>;
    key: string;
    value?: pulumi.Output<string>;
}

export interface Secrets {
    database: SecretKey;
    jwt: SecretKey;
    redis: SecretKey;
    /** The Secret that this stack created, unless all of them exist already. */
    created: pulumi.Resource[];
}

/** The passwords: given, in a Secret that exists already, or generated once. */
export function createSecrets(context: Context): Secrets {
    const { settings } = context;
    const database = choose(context, "postgres-password", 32, "postgresPassword", {
        name: settings.postgresExistingSecret,
        key: "password",
        ownKey: "db-password",
    });
    const jwt = choose(context, "jwt-secret", 64, "jwtSecret", {
        name: settings.jwtExistingSecret,
        key: "jwt-secret",
    });
    const redis = choose(context, "redis-password", 32, "redisPassword", {
        name: settings.redisExistingSecret,
        key: "redis-password",
    });

    const own = [database, jwt, redis].filter((secret) => secret.value !== undefined);
    const created =
        own.length === 0
            ? []
            : [
                  new core.Secret(
                      context.child("secrets"),
                      {
                          metadata: context.metadata(names.secrets),
                          type: "Opaque",
                          stringData: Object.fromEntries(own.map(({ key, value }) => [key, value!])),
                      },
                      context.stateful(),
                  ),
              ];
    return { database, jwt, redis, created };
}

interface Existing {
    name: pulumi.Input<string>;
    key: string;
    /** The key in this stack's own Secret, where it differs. */
    ownKey?: string;
}

function choose(
    context: Context,
    suffix: string,
    length: number,
    setting: "postgresPassword" | "jwtSecret" | "redisPassword",
    existing: Existing,
): SecretKey {
    if (existing.name !== "") {
        return { name: existing.name, key: existing.key };
    }
    const given = context.settings[setting];
    const value = given !== "" ? checkedSecret(setting, given) : generate(context, suffix, length);
    return { name: names.secrets, key: existing.ownKey ?? existing.key, value };
}

/** Letters and digits only: safe in a URL, in YAML and in redis.conf. */
function generate({ child, stateful }: Context, suffix: string, length: number): pulumi.Output<string> {
    return pulumi.secret(new RandomPassword(child(suffix), { length, special: false }, stateful()).result);
}
