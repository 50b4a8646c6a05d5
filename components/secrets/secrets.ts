import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { RandomPassword } from "@pulumi/random/randomPassword";
import { type Age, ageOf } from "../lib/age";
import { generations, ofGeneration } from "../lib/generation";
import type { Cluster, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import { warnOfEndedTokens } from "./ended-tokens";
import { generate } from "./generated";
import { names, secretNameOf } from "./names";

/** Where a pod finds a secret, and its value where this stack knows it. */
export interface SecretKey {
    name: pulumi.Input<string>;
    key: string;
    value?: pulumi.Output<string>;
}

/** Ready are the Secrets that this stack makes, unless all of them exist already. */
export interface Secrets extends Waited {
    /** Of the role that owns the database. */
    database: SecretKey;
    jwt: SecretKey;
    redis: SecretKey;
    /** Of those that are made here, and in use. */
    ages: Age[];
}

/** The passwords: given, in a Secret that exists already, or generated once a generation. */
export function createSecrets(cluster: Cluster): Secrets {
    const { settings } = cluster;
    const database = choose(cluster, {
        suffix: "postgres-password",
        length: 32,
        setting: "postgresPassword",
        existing: { name: settings.postgresExistingSecret, key: settings.postgresExistingSecretKey },
        key: "db-password",
        // The owner's stays as it is: later generations are roles of their own.
        generation: 1,
    });
    const jwt = choose(cluster, {
        suffix: "jwt-secret",
        length: 64,
        setting: "jwtSecret",
        existing: { name: settings.jwtExistingSecret, key: settings.jwtExistingSecretKey },
        key: "jwt-secret",
        generation: settings.jwtSecretGeneration,
    });
    const redis = choose(cluster, {
        suffix: "redis-password",
        length: 32,
        setting: "redisPassword",
        existing: { name: settings.redisExistingSecret, key: settings.redisExistingSecretKey },
        key: "redis-password",
        generation: settings.redisPasswordGeneration,
    });

    void warnOfEndedTokens(...jwt.generated);

    const all = [database, jwt, redis];
    // Pods of the generation before may still be there.
    const isOwnerKept = settings.postgresPasswordGeneration <= 2;
    const first = all.flatMap((one) => (one.first && (one !== database || isOwnerKept) ? [one.first] : []));
    const shared = all.some(({ secret }) => secret.value)
        ? [createSecret(cluster, "secrets", names.shared, first, true)]
        : [];
    const ageOfOne = (name: string, { generated, own }: Chosen) =>
        generated.length > 0 ? [...own, ...shared].slice(0, 1).map((secret) => ageOf(name, secret)) : [];
    return {
        database: database.secret,
        jwt: jwt.secret,
        redis: redis.secret,
        ages: [
            ...(settings.postgresPasswordGeneration === 1 ? ageOfOne("postgres-login", database) : []),
            ...ageOfOne("jwt", jwt),
            ...ageOfOne("redis", redis),
        ],
        ready: [...shared, ...jwt.own, ...redis.own],
    };
}

const createSecret = (
    { child, metadata, stateful, options }: Cluster,
    suffix: string,
    name: string,
    content: SecretKey[],
    isInUse: boolean,
) =>
    new core.Secret(
        child(suffix),
        {
            metadata: metadata(name),
            type: "Opaque",
            data: secretData(Object.fromEntries(content.map(({ key, value }) => [key, value!]))),
        },
        isInUse ? stateful() : options(),
    );

interface Choice {
    /** Of the generated one, as a child. */
    suffix: string;
    length: number;
    setting: "postgresPassword" | "jwtSecret" | "redisPassword";
    existing: { name: pulumi.Input<string>; key: string };
    /** In a Secret of this stack. */
    key: string;
    generation: number;
}

interface Chosen {
    secret: SecretKey;
    /** The one in use, and the one before it, where it is generated. */
    generated: RandomPassword[];
    /** What stands among the first generations. */
    first?: SecretKey;
    /** Secrets of later ones, the one in use first. */
    own: core.Secret[];
}

function choose(cluster: Cluster, choice: Choice): Chosen {
    const { setting, existing, key } = choice;
    if (existing.name !== "") return { secret: existing, generated: [], own: [] };
    const given = cluster.settings[setting];
    if (given === "") return chooseGenerated(cluster, choice);
    const secret = { name: names.shared, key, value: pulumi.secret(given) };
    return { secret, generated: [], first: secret, own: [] };
}

function chooseGenerated(cluster: Cluster, { suffix, length, key, generation }: Choice): Chosen {
    const { current, former } = generations(generation);
    const make = (one: number) => {
        const made = generate(cluster, { suffix, length }, one, one === current);
        const name = one === 1 ? names.shared : ofGeneration(secretNameOf(suffix), one);
        const secret = { name, key, value: made.value };
        const own =
            one === 1
                ? []
                : [createSecret(cluster, ofGeneration(`secrets-${suffix}`, one), name, [secret], one === current)];
        return { made, secret, own };
    };
    const inUse = make(current);
    const before = former === undefined ? undefined : make(former);
    const first = [inUse, before].find((one) => one?.own.length === 0)?.secret;
    return {
        secret: inUse.secret,
        generated: [inUse, ...(before ? [before] : [])].map(({ made }) => made.password),
        first,
        own: [...inUse.own, ...(before?.own ?? [])],
    };
}
