import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import { anAuthority } from "../../../support/an-authority";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { waysOf } from "../../../support/policies";

const name = "justdb-redis-metrics";
const pod = "spec.template.spec";
const external: JustDbCloudArgs = {
    redisMode: "external",
    redisHost: "cache.example.com",
    redisPort: 6380,
    redisTls: true,
    redisCidrs: ["10.0.0.0/24"],
    redisExistingSecret: "cache",
    redisMetrics: true,
};

const environmentOf = (made: Plan) => {
    const env = made.at(name, `${pod}.containers.0.env`) as { name: string; value?: string; valueFrom?: object }[];
    return Object.fromEntries(env.map((one) => [one.name, one.value ?? one.valueFrom]));
};
const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);

describe("metrics of Redis", () => {
    let made: Plan;
    before(async () => {
        made = await plan({ redisMetrics: true });
    });

    it("come from one pod beside Redis, whose own is the same without", async () => {
        const without = await plan({});
        assert.ok(!without.has(name) && !without.has(`${name}-service`));
        assert.deepEqual(made.get("justdb-redis").inputs, without.get("justdb-redis").inputs);
        assert.equal(made.at(name, "spec.replicas"), 1);
        assert.equal(made.at(name, "spec.strategy.type"), "Recreate");
    });

    it("are there by default where the Prometheus operator reads them", async () => {
        assert.ok((await plan({ metricsScrape: "prometheusOperator" })).has(name));
        assert.ok(!(await plan({ metricsScrape: "prometheusOperator", redisMetrics: false })).has(name));
    });

    it("are asked of Redis with its password, which stands in its Secret alone", () => {
        const { REDIS_ADDR, REDIS_PASSWORD } = environmentOf(made);
        assert.equal(REDIS_ADDR, "redis://justdb-redis:6379");
        assert.deepEqual(REDIS_PASSWORD, { secretKeyRef: { name: "justdb-secrets", key: "redis-password" } });
        assert.ok(waitsFor(made.get(name), "justdb-secrets"));
    });

    it("are asked as a user, and of a server that is verified", async () => {
        const of = async (more: JustDbCloudArgs) => plan({ ...external, ...more });
        const plain = await of({});
        const given = await of({ redisUser: "justdb", redisCaCertificates: anAuthority });
        assert.equal(environmentOf(plain).REDIS_USER, undefined);
        assert.equal(environmentOf(given).REDIS_USER, "justdb");
        assert.equal(environmentOf(given).REDIS_EXPORTER_TLS_CA_CERT_FILE, "/authorities/redis.pem");
        const source = { configMap: { name: "justdb-redis-ca", items: [{ key: "ca.crt", path: "redis.pem" }] } };
        assert.deepEqual(given.at(name, `${pod}.volumes`), [{ name: "authorities", projected: { sources: [source] } }]);
        const annotation = "spec.template.metadata.annotations.[justdb.cloud/authorities]";
        assert.notEqual(given.at(name, annotation), undefined);
    });

    it("begin anew with another password", async () => {
        const checksum = async (redisPassword: string) =>
            (await plan({ redisMetrics: true, redisPassword })).at(
                name,
                "spec.template.metadata.annotations.[justdb.cloud/secrets]",
            );
        assert.notEqual(await checksum("a".repeat(16)), await checksum("b".repeat(16)));
    });

    it("are asked of an external Redis, by TLS where the app asks so", async () => {
        const { REDIS_ADDR, REDIS_PASSWORD } = environmentOf(await plan(external));
        assert.equal(REDIS_ADDR, "rediss://cache.example.com:6380");
        assert.deepEqual(REDIS_PASSWORD, { secretKeyRef: { name: "cache", key: "redis-password" } });
        const plain = environmentOf(await plan({ ...external, redisTls: false, redisHost: "fd00:20::5" }));
        assert.equal(plain.REDIS_ADDR, "redis://[fd00:20::5]:6380");
    });

    it("are told of no other server: the password would go there", () => {
        assert.equal(environmentOf(made).REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT, "true");
    });

    it("come from a restricted pod, bounded, probed, without a token", () => {
        assert.equal(made.at(name, `${pod}.serviceAccountName`), name);
        assert.equal(made.at(name, `${pod}.automountServiceAccountToken`), false);
        assert.equal(made.at(name, `${pod}.securityContext.runAsUser`), 59000);
        assert.equal(made.at(name, `${pod}.containers.0.securityContext.readOnlyRootFilesystem`), true);
        assert.equal(made.at(name, `${pod}.containers.0.resources.limits.memory`), "128Mi");
        for (const probe of ["readinessProbe", "livenessProbe"]) {
            assert.deepEqual(made.at(name, `${pod}.containers.0.${probe}.httpGet`), {
                path: "/health",
                port: "metrics",
            });
        }
    });

    it("are read by Prometheus alone, and asked of Redis alone", () => {
        const ways = ["redis-metrics < monitoring/* :9121", "redis-metrics > kube-system/kube-dns :53/udp,53"];
        const of = (args: JustDbCloudArgs) => waysOf(args, "redis-metrics");
        assert.deepEqual(of({ redisMetrics: true }), [...ways, "redis-metrics > justdb-redis :6379"]);
        assert.deepEqual(of(external), [...ways, "redis-metrics > 10.0.0.0/24 :6380"]);
        assert.ok(waysOf({ redisMetrics: true }, "redis").includes("redis < justdb-redis-metrics :6379"));
        assert.deepEqual(of({}), []);
    });

    it("are refused where nobody may read them, as is an image for nothing", () => {
        assert.deepEqual(problems({ redisMetrics: true, metricsScrape: "none" }), [
            "redisMetrics: true, with metricsScrape none",
        ]);
        const redisExporterImage = "registry.example.com/redis_exporter:v1.88.0";
        assert.deepEqual(problems({ redisExporterImage }), [
            `redisExporterImage: "${redisExporterImage}", with redisMetrics false`,
        ]);
        assert.deepEqual(problems({ redisExporterImage, redisMetrics: true }), []);
    });
});
