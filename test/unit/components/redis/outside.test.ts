import assert from "node:assert/strict";
import { load } from "js-yaml";
import type { JustDbCloudArgs } from "../../../../components";
import { resolve } from "../../../../components/config/resolve";
import { emptyCaches } from "../../../../components/restore/caches";
import { anAuthority } from "../../../support/an-authority";
import { at, plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { environmentOf } from "../../../support/operations";
import { waysOf } from "../../../support/policies";

const external: JustDbCloudArgs = {
    redisMode: "external",
    redisHost: "cache.example.com",
    redisTls: true,
    redisCidrs: ["10.0.0.0/24"],
    redisPassword: "r".repeat(16),
};
const verified = { ...external, redisUser: "justdb", redisCaCertificates: anAuthority };
const template = "spec.template.spec";
const application = (made: Plan) => load(made.at("justdb-config", "data.[application.yml]") as string);

describe("a Redis outside of the cluster", () => {
    it("is known to the app by a user, and verified by the authorities that are given", async () => {
        const made = await plan(verified);
        const yml = application(made);
        assert.deepEqual(at(yml, "spring.data.redis"), {
            host: "cache.example.com",
            port: 6379,
            username: "justdb",
            password: "${REDIS_PASSWORD}",
            ssl: { enabled: true, bundle: "redis" },
        });
        assert.equal(at(yml, "spring.ssl.bundle.pem.redis.truststore.certificate"), "file:/authorities/redis.pem");
        assert.equal(made.at("justdb-redis-ca", "data.[ca.crt]"), anAuthority);
        const volumes = made.at("justdb-deployment", `${template}.volumes`) as {
            name: string;
            projected?: { sources: object[] };
        }[];
        // Beside that of the managed PostgreSQL.
        const sources = volumes.find(({ name }) => name === "authorities")!.projected!.sources;
        assert.deepEqual(sources[1], {
            configMap: { name: "justdb-redis-ca", items: [{ key: "ca.crt", path: "redis.pem" }] },
        });
    });

    it("is verified by public authorities, as the default user, where nothing else is set", async () => {
        const yml = application(await plan(external));
        assert.deepEqual(at(yml, "spring.data.redis.ssl"), { enabled: true });
        assert.equal(at(yml, "spring.data.redis.username"), undefined);
        assert.equal(at(yml, "spring.ssl"), undefined);
    });

    it("is tried before the app is touched, and again with other authorities or another password", async () => {
        const made = await plan(verified);
        assert.ok(waitsFor(made.get("justdb-deployment"), "justdb-redis-reached"));
        assert.ok(waitsFor(made.get("justdb-redis-reached"), "justdb-redis-ca"));
        assert.ok(waitsFor(made.get("justdb-redis-reached"), "justdb-secrets"));
        const { REDIS_HOST, REDIS_USER, REDIS_TLS, REDIS_CA, VERIFIED_BY, REDIS_PASSWORD } = environmentOf(
            made,
            "justdb-redis-reached",
            template,
        );
        assert.deepEqual(
            [REDIS_HOST, REDIS_USER, REDIS_TLS, REDIS_CA, VERIFIED_BY],
            ["cache.example.com", "justdb", "on", "/authorities/redis.pem", "redisCaCertificates"],
        );
        assert.deepEqual(REDIS_PASSWORD, { name: "justdb-secrets", key: "redis-password" });
        const annotations = async (args: JustDbCloudArgs) =>
            JSON.stringify((await plan(args)).at("justdb-redis-reached", "spec.template.metadata.annotations"));
        const before = await annotations(verified);
        assert.notEqual(await annotations({ ...verified, redisCaCertificates: anAuthority + anAuthority }), before);
        assert.notEqual(await annotations({ ...verified, redisPassword: "s".repeat(16) }), before);
    });

    it("is reached by who tries it, and a Redis in the cluster is tried by nobody", async () => {
        assert.ok(waysOf(verified, "redis-reached").includes("redis-reached > 10.0.0.0/24 :6379"));
        assert.ok(!(await plan({})).has("justdb-redis-reached"));
    });

    it("is emptied by hand as its user, verified", async () => {
        const command = await new Promise((done) => emptyCaches(resolve(verified, "justdb")).apply(done));
        assert.match(
            String(command),
            /^redis-cli -h cache.example.com -p 6379 --tls --cacert ca.pem --user justdb --askpass flushall/,
        );
    });
});
