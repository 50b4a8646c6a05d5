import assert from "node:assert/strict";
import { join } from "node:path";
import type { JustDbCloudArgs } from "../../../../components";
import { plan } from "../../../support/mocks";
import { type Peer, policiesOf, waysOf } from "../../../support/policies";
import { matchesSnapshot } from "../../../support/snapshot";

const external: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresPort: 6432,
    postgresCidrs: ["10.1.0.0/24"],
    postgresExistingSecret: "db",
    redisMode: "external",
    redisHost: "cache.example.com",
    redisCidrs: ["10.2.0.0/24", "10.3.0.0/24"],
    redisExistingSecret: "cache",
};

const s3 = "0.0.0.0/0 but 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 169.254.0.0/16";

/** The way out of a pod of the app that comes after DNS. */
const appTo = (args: JustDbCloudArgs, index: number) => waysOf(args, "app").filter((way) => way.includes(">"))[index];
const appToStorage = (args: JustDbCloudArgs) => appTo(args, 1);

describe("network", () => {
    it("denies everything first", async () => {
        const made = await plan({});
        assert.deepEqual(made.at("justdb-network-default-deny", "spec"), {
            podSelector: {},
            policyTypes: ["Ingress", "Egress"],
        });
    });

    it("has one policy for each kind of pod, about both directions", async () => {
        const made = await plan({});
        const policies = made.all("kubernetes:networking.k8s.io/v1:NetworkPolicy");
        assert.deepEqual(policies.map(({ name }) => name.replace("justdb-network-", "")).sort(), [
            "app",
            "backup",
            "backup-metrics",
            "default-deny",
            "drill",
            "migrations",
            "postgres",
            "postgres-settled",
            "redis",
            "restore",
        ]);
        for (const { name } of policies) {
            assert.deepEqual(made.at(name, "spec.policyTypes"), ["Ingress", "Egress"], name);
            assert.equal(made.at(name, "metadata.name"), name.replace("justdb-network", "justdb-cloud"));
        }
        assert.deepEqual(made.at("justdb-network-redis", "spec.podSelector"), { matchLabels: { app: "justdb-redis" } });
    });

    // Each way is a line of the snapshot, so that a change of what is allowed is seen.
    for (const [name, args] of Object.entries({ "in-cluster": {}, external })) {
        it(`allows the ways of the snapshot ${name}, and no other`, () => {
            matchesSnapshot(join(__dirname, "snapshots", `${name}.txt`), waysOf(args).sort());
        });
    }

    it("lets the operator's pods watch PostgreSQL, and no other pod of their namespace", () => {
        const ways = waysOf({ postgresOperatorNamespace: "databases" }, "postgres");
        assert.ok(ways.includes("postgres < databases/cloudnative-pg :5432,8000"), ways.join("\n"));
    });

    it("lets only the ingress controller call the app", () => {
        const ways = waysOf({ ingressNamespace: "edge", ingressPodLabels: { app: "traefik" } }, "app");
        assert.deepEqual(
            ways.filter((way) => way.includes("<")),
            ["app < edge/traefik :8080"],
        );
    });

    it("lets a load balancer's clients in, and only them", () => {
        const args: JustDbCloudArgs = { serviceType: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] };
        assert.ok(waysOf(args, "app").includes("app < 203.0.113.0/24 :8080"));
    });

    it("reaches AWS's S3 at public addresses only: no pod, no Kubernetes API, no metadata service", () => {
        assert.equal(appToStorage({}), `app > ${s3} :443`);
    });

    it("reaches an S3 endpoint at its address and port, at the addresses that are set, or by its namespace", () => {
        assert.equal(appToStorage({ storageEndpoint: "http://10.250.0.1:9000" }), "app > 10.250.0.1/32 :9000");
        assert.equal(
            appToStorage({ storageEndpoint: "https://s3.example.com", storageCidrs: ["10.20.0.0/24"] }),
            "app > 10.20.0.0/24 :443",
        );
        assert.equal(appToStorage({ storageEndpoint: "http://minio.storage.svc:9000" }), "app > storage/* :9000");
    });

    it("reaches a collector in the cluster by its namespace, another by its address", () => {
        const to = (otlpEndpoint: string) => appTo({ otlpEndpoint }, 4);
        assert.equal(to("http://collector.observability.svc:4317"), "app > observability/* :4317");
        assert.equal(to("http://10.9.8.7:4318"), "app > 10.9.8.7/32 :4318");
    });

    it("reaches the Kubernetes API from PostgreSQL and the Job that waits for it alone, at the addresses that are set", () => {
        const ways = waysOf({ kubernetesApiCidrs: ["10.250.0.1/32"] }).filter((way) => way.includes("6443"));
        const pods = ["postgres", "postgres-settled"];
        assert.deepEqual(
            ways,
            pods.map((pod) => `${pod} > 10.250.0.1/32 :443,6443`),
        );
    });

    it("never reaches the metadata service", () => {
        const wide = ["0.0.0.0/0", "128.0.0.0/1"];
        const elsewhere = { ...external, postgresCidrs: wide, redisCidrs: wide, storageCidrs: wide };
        const named = { storageEndpoint: "https://s3.example.com", otlpEndpoint: "https://otlp.example.com" };
        for (const args of [named, elsewhere, { kubernetesApiCidrs: wide }]) {
            for (const [name, spec] of policiesOf(args)) {
                const { egress = [] } = spec as { egress?: { to: Peer[] }[] };
                for (const { ipBlock } of egress.flatMap(({ to }) => to)) {
                    const all = ipBlock !== undefined && wide.includes(ipBlock.cidr);
                    assert.ok(!all || ipBlock.except?.includes("169.254.0.0/16"), name);
                }
            }
        }
    });
});
