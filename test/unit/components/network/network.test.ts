import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { plan } from "../../../support/mocks";
import { type Peer, policiesOf, waysOf } from "../../../support/policies";

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
const dns = (kind: string) => `${kind} > kube-system/kube-dns :53/udp,53`;
const storage = (kind: string) => `${kind} > ${s3} :443`;

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
            "redis",
            "restore",
        ]);
        for (const { name } of policies) {
            assert.deepEqual(made.at(name, "spec.policyTypes"), ["Ingress", "Egress"], name);
            assert.equal(made.at(name, "metadata.name"), name.replace("justdb-network", "justdb-cloud"));
        }
        assert.deepEqual(made.at("justdb-network-redis", "spec.podSelector"), { matchLabels: { app: "justdb-redis" } });
    });

    it("allows these ways, and no other, when all is in the cluster", () => {
        assert.deepEqual(
            waysOf({}).sort(),
            [
                "app < ingress-nginx/ingress-nginx :8080",
                storage("app"),
                "app > justdb-db :5432",
                "app > justdb-redis :6379",
                dns("app"),
                "backup > justdb-db :5432",
                storage("backup"),
                dns("backup"),
                "backup-metrics < monitoring/* :9187",
                storage("backup-metrics"),
                dns("backup-metrics"),
                storage("drill"),
                dns("drill"),
                storage("migrations"),
                "migrations > justdb-db :5432",
                dns("migrations"),
                "postgres < cnpg-system/cloudnative-pg :5432,8000",
                "postgres < justdb-backup :5432",
                "postgres < justdb-cloud :5432",
                "postgres < justdb-db :5432,8000",
                "postgres < justdb-migrations :5432",
                "postgres < justdb-restore :5432",
                "postgres > 0.0.0.0/0 but 169.254.0.0/16 :443,6443",
                storage("postgres"),
                "postgres > justdb-db :5432,8000",
                dns("postgres"),
                "redis < justdb-cloud :6379",
                storage("restore"),
                "restore > justdb-db :5432",
                dns("restore"),
            ].sort(),
        );
    });

    it("allows these ways, and no other, when PostgreSQL and Redis are elsewhere", () => {
        const comesToDatabase = (kind: string) => [dns(kind), storage(kind), `${kind} > 10.1.0.0/24 :6432`];
        assert.deepEqual(
            waysOf(external).sort(),
            [
                "app < ingress-nginx/ingress-nginx :8080",
                ...["app", "backup", "migrations", "restore"].flatMap(comesToDatabase),
                "app > 10.2.0.0/24 | 10.3.0.0/24 :6379",
                "backup-metrics < monitoring/* :9187",
                ...["backup-metrics", "drill"].flatMap((kind) => [dns(kind), storage(kind)]),
            ].sort(),
        );
    });

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
        assert.equal(appToStorage({}), storage("app"));
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

    it("reaches the Kubernetes API from PostgreSQL alone, at the addresses that are set", () => {
        const ways = waysOf({ kubernetesApiCidrs: ["10.250.0.1/32"] }).filter((way) => way.includes("6443"));
        assert.deepEqual(ways, ["postgres > 10.250.0.1/32 :443,6443"]);
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
