import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { load } from "js-yaml";
import { redisConf } from "../../../../components/redis/redis-conf";
import { at, plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const container = "spec.template.spec.containers.0";

describe("redis", () => {
    it("knows its password by a hash in a Secret, and has it in no argument list", async () => {
        const redisPassword = "r".repeat(16);
        const made = await plan({ redisPassword });
        const sha256 = createHash("sha256").update(redisPassword).digest("hex");
        assert.deepEqual(made.texts("justdb-redis-hash-b"), { sha256 });
        assert.doesNotMatch(made.texts("justdb-redis-config")["redis.conf"]!, /requirepass/);
        assert.equal(made.at("justdb-redis", `${container}.args`), undefined);
        assert.doesNotMatch(JSON.stringify(made.get("justdb-redis").inputs), /rrrr/);
    });

    it("takes the password of a Secret that exists from there, as the app does", async () => {
        const made = await plan({ redisExistingSecret: "cache", redisExistingSecretKey: "pw" });
        const [{ projected }] = made.at("justdb-redis", "spec.template.spec.volumes") as [
            { projected: { sources: object[] } },
        ];
        const source = { secret: { name: "cache", items: [{ key: "pw", path: "given" }] } };
        assert.deepEqual(projected.sources.at(-1), source);
        const env = made.at("justdb-deployment", `${container}.env`) as { name: string; valueFrom?: object }[];
        const password = env.find(({ name }) => name === "REDIS_PASSWORD")!.valueFrom;
        assert.deepEqual(password, { secretKeyRef: { name: "cache", key: "pw" } });
        assert.ok(!made.resources.some(({ name }) => name.includes("redis-hash") || name === "justdb-redis-password"));
    });

    it("writes every change to a file on its volume", () => {
        const conf = redisConf("256Mi");
        assert.match(conf, /^appendonly yes$/m);
        assert.match(conf, /^appendfsync everysec$/m);
        assert.match(conf, /^dir \/data$/m);
        assert.match(conf, /^maxmemory 134217728$/m);
    });

    it("listens on all addresses of IPv4, and of IPv6 where there are any", () => {
        assert.match(redisConf("256Mi"), /^bind \* -::\*$/m);
    });

    it("has the volume that is set", async () => {
        const made = await plan({ redisStorageClass: "gp3", redisStorageSize: "10Gi" });
        assert.deepEqual(made.at("justdb-redis", "spec.volumeClaimTemplates.0.spec"), {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "gp3",
            resources: { requests: { storage: "10Gi" } },
        });
    });

    it("has an id of its volume, which changes with all that cannot change in the StatefulSet", async () => {
        const made = await plan({ redisStorageClass: "gp3", redisStorageSize: "10Gi" });
        assert.deepEqual(made.at("justdb-redis-volume", "keepers"), { size: "10Gi", storageClass: "gp3" });
        const id = made.at("justdb-redis", "metadata.annotations.[justdb.cloud/volume]");
        assert.equal(id, "0123abcd");
        const pod = made.at("justdb-redis", "spec.template.metadata.annotations") as object;
        assert.deepEqual(Object.keys(pod), ["justdb.cloud/config"]);
    });

    it("waits for its Secret, but not for its Service, which waits for its pod", async () => {
        const redis = (await plan({})).get("justdb-redis");
        assert.ok(waitsFor(redis, "justdb-redis-config") && waitsFor(redis, "justdb-redis-account"));
        assert.ok(!waitsFor(redis, "justdb-redis-service"));
    });

    it("takes a new generation of its password without a change of its pod, beside the former", async () => {
        const [first, second] = [await plan({}), await plan({ redisPasswordGeneration: 2 })];
        const template = (made: typeof first) => made.at("justdb-redis", "spec.template");
        assert.deepEqual(template(second), template(first));
        // The former is not in the program, and so is deleted last of all.
        assert.ok(first.has("justdb-redis-hash-b") && !first.has("justdb-redis-hash-a"));
        assert.ok(second.has("justdb-redis-hash-a") && !second.has("justdb-redis-hash-b"));
        const sources = second.at("justdb-redis", "spec.template.spec.volumes.0.projected.sources") as {
            secret: { name: string; optional?: boolean };
        }[];
        const optional = sources.filter(({ secret }) => secret.optional).map(({ secret }) => secret.name);
        assert.deepEqual(optional, ["justdb-redis-hash-a", "justdb-redis-hash-b"]);
    });

    it("lets nothing go over to a new password before it takes it", async () => {
        const made = await plan({ redisPasswordGeneration: 2, redisMetrics: true, metricsScrape: "annotations" });
        const secretKeyRef = { name: "justdb-redis-password-2", key: "redis-password" };
        assert.deepEqual(made.at("justdb-redis-accepted", `${container}.env`), [
            { name: "REDISCLI_AUTH", valueFrom: { secretKeyRef } },
        ]);
        for (const name of ["justdb-deployment", "justdb-redis-metrics"]) {
            assert.ok(waitsFor(made.get(name), "justdb-redis-accepted"), name);
        }
        assert.ok(waitsFor(made.get("justdb-redis-accepted"), "justdb-redis-hash-a"));
        assert.equal((await plan({})).has("justdb-redis-accepted"), false);
    });

    it("keeps the volume in prod, and deletes it in dev", async () => {
        const policy = "spec.persistentVolumeClaimRetentionPolicy.whenDeleted";
        assert.equal((await plan({})).at("justdb-redis", policy), "Retain");
        assert.equal((await plan({ environment: "dev" })).at("justdb-redis", policy), "Delete");
    });

    it("is replaced when a given password changes", async () => {
        const checksum = async (redisPassword: string) =>
            (await plan({ redisPassword })).at(
                "justdb-redis",
                "spec.template.metadata.annotations.[justdb.cloud/secrets]",
            );
        assert.notEqual(await checksum("a".repeat(16)), await checksum("b".repeat(16)));
    });

    it("is not there when it is external", async () => {
        const made = await plan({
            redisMode: "external",
            redisHost: "cache.example.com",
            redisPort: 6380,
            redisTls: true,
            redisCidrs: ["10.0.0.0/24"],
            redisExistingSecret: "cache",
        });
        assert.deepEqual(made.all("kubernetes:apps/v1:StatefulSet"), []);
        const spring = at(load(made.at("justdb-config", "data.[application.yml]") as string), "spring.data.redis");
        assert.deepEqual(spring, {
            host: "cache.example.com",
            port: 6380,
            password: "${REDIS_PASSWORD}",
            ssl: { enabled: true },
        });
    });
});
