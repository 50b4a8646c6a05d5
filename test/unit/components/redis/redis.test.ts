import assert from "node:assert/strict";
import { load } from "js-yaml";
import { redisConf } from "../../../../components/redis/redis-conf";
import { at, plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const container = "spec.template.spec.containers.0";

describe("redis", () => {
    it("keeps its password in a file of a Secret, and in no argument list", async () => {
        const made = await plan({ redisPassword: "r".repeat(16) });
        assert.match(made.texts("justdb-redis-config")["redis.conf"]!, /^requirepass "r{16}"$/m);
        assert.match(
            (made.at("justdb-redis", `${container}.command`) as string[])[2]!,
            /^exec redis-server \/etc\/redis\/redis.conf$/m,
        );
        assert.equal(made.at("justdb-redis", `${container}.args`), undefined);
        assert.doesNotMatch(JSON.stringify(made.get("justdb-redis").inputs), /rrrr/);
    });

    it("writes every change to a file on its volume", () => {
        const conf = redisConf("password", "256Mi");
        assert.match(conf, /^appendonly yes$/m);
        assert.match(conf, /^appendfsync everysec$/m);
        assert.match(conf, /^dir \/data$/m);
        assert.match(conf, /^maxmemory 134217728$/m);
    });

    it("listens on all addresses of IPv4, and of IPv6 where there are any", () => {
        assert.match(redisConf("password", "256Mi"), /^bind \* -::\*$/m);
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
        assert.deepEqual(Object.keys(pod), ["justdb.cloud/secrets"]);
    });

    it("waits for its Secret, but not for its Service, which waits for its pod", async () => {
        const redis = (await plan({})).get("justdb-redis");
        assert.ok(waitsFor(redis, "justdb-redis-config") && waitsFor(redis, "justdb-redis-account"));
        assert.ok(!waitsFor(redis, "justdb-redis-service"));
    });

    it("probes itself with its password", async () => {
        const made = await plan({});
        const secretKeyRef = { name: "justdb-secrets", key: "redis-password" };
        assert.deepEqual(made.at("justdb-redis", `${container}.env`), [
            { name: "REDISCLI_AUTH", valueFrom: { secretKeyRef } },
        ]);
    });

    it("keeps the volume in prod, and deletes it in dev", async () => {
        const policy = "spec.persistentVolumeClaimRetentionPolicy.whenDeleted";
        assert.equal((await plan({})).at("justdb-redis", policy), "Retain");
        assert.equal((await plan({ environment: "dev" })).at("justdb-redis", policy), "Delete");
    });

    it("is replaced when its password changes", async () => {
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
