import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../components";
import { flows, type Flow } from "../../../components/network-flows";
import { resolve } from "../../../components/resolve";
import { plan } from "../../support/mocks";

const flowsOf = (args: JustDbCloudArgs) => flows(resolve(args, "justdb"));
const namesOf = (args: JustDbCloudArgs) =>
    flowsOf(args)
        .map((flow) => flow.name)
        .sort();
const flow = (args: JustDbCloudArgs, name: string): Flow => {
    const found = flowsOf(args).find((candidate) => candidate.name === name);
    assert.ok(found, name);
    return found;
};

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

describe("network", () => {
    it("denies everything first", async () => {
        const { at } = await plan({}).then((made) => ({ at: made.at.bind(made) }));
        assert.deepEqual(at("justdb-network-default-deny", "spec"), {
            podSelector: {},
            policyTypes: ["Ingress", "Egress"],
        });
    });

    it("restricts no more directions than a flow is about", async () => {
        const made = await plan({});
        for (const { name, inputs } of made.all("kubernetes:networking.k8s.io/v1:NetworkPolicy")) {
            const spec = inputs.spec as { policyTypes: string[]; ingress?: unknown; egress?: unknown };
            if (name !== "justdb-network-default-deny") {
                const types = [...(spec.ingress ? ["Ingress"] : []), ...(spec.egress ? ["Egress"] : [])];
                assert.deepEqual(spec.policyTypes, types, name);
            }
        }
    });

    it("lets the operator's pods watch PostgreSQL, and no other pod of their namespace", () => {
        assert.deepEqual(flow({ postgresOperatorNamespace: "databases" }, "postgres-from-operator").from, [
            {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "databases" } },
                podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
            },
        ]);
    });

    it("allows these flows, and no other, when all is in the cluster", () => {
        assert.deepEqual(namesOf({}), [
            "app-from-ingress",
            "app-to-dns",
            "app-to-postgres",
            "app-to-redis",
            "app-to-storage",
            "backup-metrics-from-monitoring",
            "backup-metrics-to-dns",
            "backup-metrics-to-storage",
            "backup-to-dns",
            "backup-to-postgres",
            "backup-to-storage",
            "drill-to-dns",
            "drill-to-storage",
            "migrations-to-dns",
            "migrations-to-postgres",
            "migrations-to-storage",
            "postgres-from-app",
            "postgres-from-backup",
            "postgres-from-migrations",
            "postgres-from-operator",
            "postgres-from-restore",
            "postgres-to-dns",
            "postgres-to-kubernetes-api",
            "postgres-to-postgres",
            "postgres-to-storage",
            "redis-from-app",
            "restore-to-dns",
            "restore-to-postgres",
            "restore-to-storage",
        ]);
    });

    it("allows these flows, and no other, when PostgreSQL and Redis are elsewhere", () => {
        assert.deepEqual(namesOf(external), [
            "app-from-ingress",
            "app-to-dns",
            "app-to-postgres",
            "app-to-redis",
            "app-to-storage",
            "backup-metrics-from-monitoring",
            "backup-metrics-to-dns",
            "backup-metrics-to-storage",
            "backup-to-dns",
            "backup-to-postgres",
            "backup-to-storage",
            "drill-to-dns",
            "drill-to-storage",
            "migrations-to-dns",
            "migrations-to-postgres",
            "migrations-to-storage",
            "restore-to-dns",
            "restore-to-postgres",
            "restore-to-storage",
        ]);
        const postgres = flow(external, "app-to-postgres");
        assert.deepEqual(postgres.to, [{ ipBlock: { cidr: "10.1.0.0/24" } }]);
        assert.deepEqual(postgres.ports, [{ port: 6432 }]);
        assert.deepEqual(flow(external, "app-to-redis").to, [
            { ipBlock: { cidr: "10.2.0.0/24" } },
            { ipBlock: { cidr: "10.3.0.0/24" } },
        ]);
    });

    it("lets only the ingress controller call the app", () => {
        const { from, ports } = flow(
            { ingressNamespace: "edge", ingressPodLabels: { app: "traefik" } },
            "app-from-ingress",
        );
        assert.deepEqual(ports, [{ port: 8080 }]);
        assert.deepEqual(from, [
            {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } },
                podSelector: { matchLabels: { app: "traefik" } },
            },
        ]);
    });

    it("lets a load balancer's clients in, and only them", () => {
        const args: JustDbCloudArgs = { serviceType: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] };
        assert.deepEqual(flow(args, "app-from-load-balancer").from, [{ ipBlock: { cidr: "203.0.113.0/24" } }]);
    });

    it("reaches AWS's S3 at public addresses only: no pod, no Kubernetes API, no metadata service", () => {
        const { to, ports } = flow({}, "app-to-storage");
        assert.deepEqual(ports, [{ port: 443 }]);
        assert.deepEqual(to, [
            {
                ipBlock: {
                    cidr: "0.0.0.0/0",
                    except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
                },
            },
        ]);
    });

    it("reaches an S3 endpoint at its address and port", () => {
        const { to, ports } = flow({ storageEndpoint: "http://10.250.0.1:9000" }, "app-to-storage");
        assert.deepEqual(to, [{ ipBlock: { cidr: "10.250.0.1/32" } }]);
        assert.deepEqual(ports, [{ port: 9000 }]);
    });

    it("reaches an S3 endpoint at the addresses that are set", () => {
        const args = { storageEndpoint: "https://s3.example.com", storageCidrs: ["10.20.0.0/24"] };
        const { to, ports } = flow(args, "app-to-storage");
        assert.deepEqual(to, [{ ipBlock: { cidr: "10.20.0.0/24" } }]);
        assert.deepEqual(ports, [{ port: 443 }]);
    });

    it("reaches an S3 endpoint in the cluster by its namespace", () => {
        const { to, ports } = flow({ storageEndpoint: "http://minio.storage.svc:9000" }, "app-to-storage");
        assert.deepEqual(to, [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "storage" } } }]);
        assert.deepEqual(ports, [{ port: 9000 }]);
    });

    it("reaches a collector in the cluster by its namespace, another by its address", () => {
        const inCluster = flow({ otlpEndpoint: "http://collector.observability.svc:4317" }, "app-to-telemetry");
        assert.deepEqual(inCluster.to, [
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "observability" } } },
        ]);
        assert.deepEqual(inCluster.ports, [{ port: 4317 }]);
        const byAddress = flow({ otlpEndpoint: "http://10.9.8.7:4318" }, "app-to-telemetry");
        assert.deepEqual(byAddress.to, [{ ipBlock: { cidr: "10.9.8.7/32" } }]);
    });

    it("reaches the Kubernetes API from PostgreSQL alone, at the addresses that are set", () => {
        const toApi = flow({ kubernetesApiCidrs: ["10.250.0.1/32"] }, "postgres-to-kubernetes-api");
        assert.deepEqual(toApi.pods, { "cnpg.io/cluster": "justdb-db" });
        assert.deepEqual(toApi.to, [{ ipBlock: { cidr: "10.250.0.1/32" } }]);
        assert.deepEqual(toApi.ports, [{ port: 443 }, { port: 6443 }]);
    });

    it("never reaches the metadata service", () => {
        const wide = ["0.0.0.0/0", "128.0.0.0/1"];
        const elsewhere = { ...external, postgresCidrs: wide, redisCidrs: wide, storageCidrs: wide };
        const named = { storageEndpoint: "https://s3.example.com", otlpEndpoint: "https://otlp.example.com" };
        for (const args of [named, elsewhere, { kubernetesApiCidrs: wide }]) {
            for (const { name, to = [] } of flowsOf(args)) {
                for (const { ipBlock } of to) {
                    const all = ipBlock !== undefined && wide.includes(ipBlock.cidr);
                    assert.ok(!all || ipBlock.except?.includes("169.254.0.0/16"), name);
                }
            }
        }
    });
});
