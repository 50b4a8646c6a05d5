import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { generated, plan, secretValues } from "../../../support/mocks";

const containerEnv = "spec.template.spec.containers.0.env";

describe("secrets", () => {
    it("generates passwords of letters and digits, the signing key of 64", async () => {
        const made = await plan({});
        const passwords = made.all("random:index/randomPassword:RandomPassword");
        assert.deepEqual(passwords.map(({ name, inputs }) => [name, inputs.length, inputs.special]).sort(), [
            ["justdb-backup-seal-key", 64, false],
            ["justdb-jwt-secret", 64, false],
            ["justdb-postgres-backup-password", 32, false],
            ["justdb-postgres-password", 32, false],
            ["justdb-postgres-restore-password", 32, false],
            ["justdb-redis-password", 32, false],
        ]);
        assert.deepEqual(made.texts("justdb-secrets"), {
            "db-password": generated("justdb-postgres-password", 32),
            "jwt-secret": generated("justdb-jwt-secret", 64),
            "redis-password": generated("justdb-redis-password", 32),
        });
    });

    it("uses given passwords, and generates only those of roles that nobody else uses", async () => {
        const made = await plan({
            jwtSecret: pulumi.secret("j".repeat(64)),
            postgresPassword: "p".repeat(16),
            redisPassword: "r".repeat(16),
        });
        assert.deepEqual(
            made
                .all("random:index/randomPassword:RandomPassword")
                .map(({ name }) => name)
                .sort(),
            ["justdb-backup-seal-key", "justdb-postgres-backup-password", "justdb-postgres-restore-password"],
        );
        assert.deepEqual(made.texts("justdb-secrets"), {
            "db-password": "p".repeat(16),
            "jwt-secret": "j".repeat(64),
            "redis-password": "r".repeat(16),
        });
    });

    it("generates a later generation beside the one before it, in a Secret of its own", async () => {
        const made = await plan({ jwtSecretGeneration: 2, redisPasswordGeneration: 3 });
        assert.deepEqual(Object.keys(made.texts("justdb-secrets")).sort(), ["db-password", "jwt-secret"]);
        assert.deepEqual(made.texts("justdb-secrets-jwt-secret-2"), {
            "jwt-secret": generated("justdb-jwt-secret-2", 64),
        });
        assert.equal(made.at("justdb-secrets-redis-password-2", "metadata.name"), "justdb-redis-password-2");
        const env = made.at("justdb-deployment", containerEnv) as {
            name: string;
            valueFrom?: { secretKeyRef: unknown };
        }[];
        const reference = (name: string) => env.find((entry) => entry.name === name)?.valueFrom?.secretKeyRef;
        assert.deepEqual(reference("JWT_SECRET"), { name: "justdb-jwt-secret-2", key: "jwt-secret" });
        assert.deepEqual(reference("REDIS_PASSWORD"), { name: "justdb-redis-password-3", key: "redis-password" });
        assert.equal(made.outputs.jwtSecretName, "justdb-jwt-secret-2");
        const protect = (name: string) => made.get(name).protect;
        assert.deepEqual(["justdb-jwt-secret-2", "justdb-jwt-secret"].map(protect), [true, false]);
        assert.equal(made.has("justdb-redis-password"), false);
    });

    it("keeps its Secret when all have later generations, which a protected stack could not delete", async () => {
        const given = { postgresExistingSecret: "my-database" };
        const made = await plan({ ...given, jwtSecretGeneration: 3, redisPasswordGeneration: 3 });
        assert.deepEqual(made.texts("justdb-secrets"), {});
    });

    it("refuses a generation of what is given", async () => {
        await assert.rejects(
            plan({ jwtSecretGeneration: 2, jwtExistingSecret: "my-jwt" }),
            /jwtSecretGeneration[^]*2, with jwtExistingSecret/,
        );
        await assert.rejects(
            plan({ redisPasswordGeneration: 2, redisPassword: "r".repeat(16) }),
            /redisPasswordGeneration[^]*2, with redisPassword/,
        );
    });

    it("refers to existing Secrets and creates none of its own for them", async () => {
        const made = await plan({ jwtExistingSecret: "my-jwt", postgresExistingSecret: "my-database" });
        assert.deepEqual(Object.keys(made.texts("justdb-secrets")), ["redis-password"]);
        assert.equal(made.has("justdb-postgres-owner"), false);
        assert.equal(made.at("justdb-postgres", "values.ownerSecret"), "my-database");
        const env = made.at("justdb-deployment", containerEnv) as {
            name: string;
            valueFrom?: { secretKeyRef: unknown };
        }[];
        const reference = (name: string) => env.find((entry) => entry.name === name)?.valueFrom?.secretKeyRef;
        assert.deepEqual(reference("DB_PASSWORD"), { name: "my-database", key: "password" });
        assert.deepEqual(reference("JWT_SECRET"), { name: "my-jwt", key: "jwt-secret" });
        assert.equal(made.outputs.databaseSecretName, "my-database");
    });

    it("finds each under the key that is set", async () => {
        const made = await plan({
            postgresMode: "external",
            postgresHost: "db.example.com",
            postgresCidrs: ["10.0.0.0/24"],
            postgresExistingSecret: "db",
            postgresExistingSecretKey: "DB_PASSWORD",
            jwtExistingSecret: "jwt",
            jwtExistingSecretKey: "signing.key",
            redisMode: "external",
            redisHost: "cache.example.com",
            redisCidrs: ["10.0.1.0/24"],
            redisExistingSecret: "cache",
            redisExistingSecretKey: "pw",
            redisMetrics: true,
            metricsScrape: "annotations",
        });
        assert.equal(made.has("justdb-secrets"), false);
        const reference = (resource: string, path: string, name: string) =>
            (made.at(resource, path) as { name: string; valueFrom?: { secretKeyRef: unknown } }[]).find(
                (entry) => entry.name === name,
            )?.valueFrom?.secretKeyRef;
        const database = { name: "db", key: "DB_PASSWORD" };
        const cache = { name: "cache", key: "pw" };
        assert.deepEqual(reference("justdb-deployment", containerEnv, "DB_PASSWORD"), database);
        assert.deepEqual(reference("justdb-deployment", containerEnv, "JWT_SECRET"), {
            name: "jwt",
            key: "signing.key",
        });
        assert.deepEqual(reference("justdb-deployment", containerEnv, "REDIS_PASSWORD"), cache);
        assert.deepEqual(reference("justdb-migrations", containerEnv, "LIQUIBASE_COMMAND_PASSWORD"), database);
        assert.deepEqual(reference("justdb-backup", `spec.jobTemplate.${containerEnv}`, "PGPASSWORD"), database);
        assert.deepEqual(reference("justdb-redis-metrics", containerEnv, "REDIS_PASSWORD"), cache);
        assert.deepEqual(reference("justdb-redis-reached", containerEnv, "REDIS_PASSWORD"), cache);
    });

    it("sends every value as a secret, and to Secrets only", async () => {
        const made = await plan({});
        const values = [
            secretValues.accessKey,
            generated("justdb-postgres-password", 32),
            generated("justdb-jwt-secret", 64),
            generated("justdb-redis-password", 32),
        ];
        const spellings = values.flatMap((value) => [value, Buffer.from(value).toString("base64")]);
        const holders = made.resources.filter(({ inputs }) => {
            const text = JSON.stringify(inputs);
            return spellings.some((spelling) => text.includes(spelling));
        });
        assert.ok(holders.length > 5, "the values are in none");
        for (const { name, type, secrets } of holders) {
            assert.equal(type, "kubernetes:core/v1:Secret", name);
            assert.deepEqual(secrets, ["data"], name);
        }
        assert.ok(values.every((value) => !JSON.stringify(made.outputs).includes(value)));
    });

    it("replaces the app's pods when a password changes, and gives nothing away by it", async () => {
        const annotation = async (jwtSecret: string) => {
            const made = await plan({ jwtSecret });
            const deployment = made.get("justdb-deployment");
            assert.deepEqual(deployment.secrets, ["spec.template.metadata.annotations.justdb.cloud/secrets"]);
            return made.at("justdb-deployment", "spec.template.metadata.annotations.[justdb.cloud/secrets]");
        };
        assert.equal(await annotation("a".repeat(64)), await annotation("a".repeat(64)));
        assert.notEqual(await annotation("a".repeat(64)), await annotation("b".repeat(64)));
    });

    it("replaces the app's pods when the access key changes", async () => {
        const { accessKey } = secretValues;
        const annotation = async () =>
            (await plan({}, "justdb", () => ({}))).at(
                "justdb-deployment",
                "spec.template.metadata.annotations.[justdb.cloud/secrets]",
            );
        const before = await annotation();
        secretValues.accessKey = "another-secret-access-key";
        try {
            assert.notEqual(await annotation(), before);
        } finally {
            secretValues.accessKey = accessKey;
        }
    });

    it("records given passwords as secrets in the component's own inputs", async () => {
        const made = await plan({ jwtSecret: "j".repeat(64), redisPassword: "r".repeat(16) });
        assert.deepEqual(made.get("justdb").secrets, ["jwtSecret", "redisPassword"]);
    });

    it("replaces the app's pods when its configuration changes", async () => {
        const path = "spec.template.metadata.annotations.[justdb.cloud/config]";
        const one = await plan({});
        const other = await plan({ jwtExpirationSeconds: 60 });
        assert.notEqual(one.at("justdb-deployment", path), other.at("justdb-deployment", path));
    });
});
