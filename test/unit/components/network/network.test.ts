import assert from "node:assert/strict";
import { join } from "node:path";
import type { JustDbCloudArgs } from "../../../../components";
import { check } from "../../../../components/config/resolve";
import * as edges from "../../../support/edges";
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

/** The ways out of a pod of the app, in the order of its flows. */
const appTo = (args: JustDbCloudArgs, index: number) => waysOf(args, "app").filter((way) => way.includes(">"))[index];
const appToDns = (args: JustDbCloudArgs) => appTo(args, 0);
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
            "credentials-accepted",
            "default-deny",
            "doctor",
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

    it("lets nobody call the app but what the edge says: pods, clients, or a load balancer's own addresses", () => {
        const callers = (args: JustDbCloudArgs) =>
            waysOf({ ...args, metricsScrape: "none" }, "app").filter((way) => way.includes("<"));
        const pods = "app < traefik/traefik :8080";
        assert.deepEqual(callers({}), []);
        assert.deepEqual(callers(edges.callers), [pods]);
        assert.deepEqual(callers({ ...edges.ownGateway, tlsSecret: "ours" }), [pods]);
        assert.deepEqual(callers({ ...edges.traefikIngress, tlsSecret: "ours" }), [pods]);
        assert.deepEqual(callers(edges.balanced), ["app < 10.20.0.0/24 :8080"]);
        assert.deepEqual(callers({ ...edges.balanced, ...edges.callers }), [pods, "app < 10.20.0.0/24 :8080"]);
        assert.deepEqual(callers({ ...edges.albIngress, tlsCertificateArn: edges.arn }), [
            "app < 10.20.0.0/24 | 10.20.1.0/24 :8080",
        ]);
    });

    it("needs to know who calls, by namespace and labels both", () => {
        const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
        const { ingressNamespace, ingressPodLabels } = edges.callers;
        const unknown = (args: JustDbCloudArgs) =>
            edges.without({ ...args, tlsSecret: "ours" }, "ingressNamespace", "ingressPodLabels");
        const [ingress, gateway] = [unknown(edges.otherIngress), unknown(edges.ownGateway)];
        assert.deepEqual(problems(ingress), ["ingressNamespace: nothing, with edge ingress"]);
        assert.deepEqual(problems(gateway), ["ingressNamespace: nothing, with edge gateway"]);
        assert.deepEqual(problems({ ...gateway, edgeCidrs: ["10.20.0.0/24"] }), []);
        assert.deepEqual(problems({ ingressNamespace }), [
            'ingressPodLabels: nothing, with ingressNamespace "traefik"',
        ]);
        assert.deepEqual(problems({ ingressPodLabels }), [
            'ingressNamespace: nothing, with ingressPodLabels {"app.kubernetes.io/name":"traefik"}',
        ]);
    });

    it("lets the edge reach the pods that prove the host to an issuer, where cert-manager makes the certificate", () => {
        const proof = (args: JustDbCloudArgs) => waysOf(args, "acme-solver");
        assert.deepEqual(proof({ ...edges.ownGateway, tlsIssuer: "Issuer/own" }), [
            "acme-solver < traefik/traefik :8089",
        ]);
        assert.deepEqual(proof({ ...edges.ownGateway, tlsSecret: "ours" }), []);
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

    it("reaches the Kubernetes API from PostgreSQL, the Job that waits for it and the doctor alone, at the addresses that are set", () => {
        const ways = waysOf({ kubernetesApiCidrs: ["10.250.0.1/32"] }).filter((way) => way.includes("6443"));
        const pods = ["postgres", "postgres-settled", "doctor"];
        assert.deepEqual(
            ways,
            pods.map((pod) => `${pod} > 10.250.0.1/32 :443,6443`),
        );
    });

    it("asks DNS of the cluster's pods, and at the addresses that are set", () => {
        const pods = "kube-system/kube-dns";
        assert.equal(appToDns({}), `app > ${pods} :53/udp,53`);
        const dnsCidrs = ["169.254.20.10/32", "172.20.0.10/32"];
        assert.equal(appToDns({ dnsCidrs }), `app > ${pods} | ${dnsCidrs.join(" | ")} :53/udp,53`);
        // Nothing else goes there.
        const ways = waysOf({ dnsCidrs }).filter((way) => way.includes("169.254.20.10/32"));
        assert.ok(ways.length > 5 && ways.every((way) => way.endsWith(":53/udp,53")), ways.join("\n"));
    });

    it("reaches the Kubernetes API at the ports that are set", () => {
        const ways = waysOf({ kubernetesApiCidrs: ["10.0.0.1/32"], kubernetesApiPorts: [16443] }, "postgres");
        assert.ok(ways.includes("postgres > 10.0.0.1/32 :16443"), ways.join("\n"));
    });

    it("reaches what has no address of its own by the families of the cluster's pods", () => {
        const both = { ipFamilies: "dualStack" } as const;
        assert.equal(appToStorage(both), `app > ${s3} | 2000::/3 :443`);
        assert.equal(appToStorage({ ipFamilies: "IPv6" }), "app > 2000::/3 :443");
        const api = (args: JustDbCloudArgs) => waysOf(args, "postgres").find((way) => way.endsWith(":443,6443"));
        const [version4, version6] = [
            "0.0.0.0/0 but 169.254.0.0/16",
            "::/0 but fe80::/10 fd00:ec2::/32 fd20:ce::254/128",
        ];
        assert.equal(api({}), `postgres > ${version4} :443,6443`);
        assert.equal(api({ ipFamilies: "IPv6" }), `postgres > ${version6} :443,6443`);
        assert.equal(api(both), `postgres > ${version4} | ${version6} :443,6443`);
    });

    it("reaches addresses of IPv6 as it does those of IPv4", () => {
        const ipFamilies = "IPv6";
        assert.equal(appToStorage({ storageEndpoint: "http://[fd00:9::1]:9000" }), "app > fd00:9::1/128 :9000");
        assert.equal(appToStorage({ ipFamilies, storageCidrs: ["fd00:20::/64"] }), "app > fd00:20::/64 :443");
        const beside = "fd00::/8 but fd00:ec2::/32 fd20:ce::254/128";
        assert.equal(appToStorage({ ipFamilies, storageCidrs: ["fd00::/8"] }), `app > ${beside} :443`);
        assert.ok(appToDns({ ipFamilies, dnsCidrs: ["fd00:10:96::a/128"] })!.includes("| fd00:10:96::a/128 :53/udp"));
    });

    it("never reaches the metadata service", () => {
        const wide = ["0.0.0.0/0", "128.0.0.0/1", "::/0", "f000::/4"];
        const ipFamilies = "dualStack" as const;
        const elsewhere = { ...external, ipFamilies, postgresCidrs: wide, redisCidrs: wide, storageCidrs: wide };
        const named = { storageEndpoint: "https://s3.example.com", otlpEndpoint: "https://otlp.example.com" };
        const [version4, version6] = ["169.254.0.0/16", "fd00:ec2::/32"];
        for (const args of [named, elsewhere, { ipFamilies, kubernetesApiCidrs: wide, dnsCidrs: wide }]) {
            for (const [name, spec] of policiesOf(args)) {
                const { egress = [] } = spec as { egress?: { to: Peer[] }[] };
                for (const { ipBlock } of egress.flatMap(({ to }) => to)) {
                    if (ipBlock === undefined || !wide.includes(ipBlock.cidr)) continue;
                    const metadata = ipBlock.cidr.includes(":") ? version6 : version4;
                    assert.ok(ipBlock.except?.includes(metadata), `${name}: ${JSON.stringify(ipBlock)}`);
                }
            }
        }
    });

    it("gives its Services an address of each family of the cluster, and changes none where there is one", async () => {
        const policyOf = async (args: JustDbCloudArgs) => {
            const made = await plan(args);
            return ["justdb-service", "justdb-redis-service", "justdb-backup-metrics-service"].map((name) =>
                made.at(name, "spec.ipFamilyPolicy"),
            );
        };
        assert.deepEqual(await policyOf({ ipFamilies: "dualStack" }), Array(3).fill("PreferDualStack"));
        for (const args of [{}, { ipFamilies: "IPv6" } as const])
            assert.deepEqual(await policyOf(args), Array(3).fill(undefined));
    });
});

describe("network refuses", () => {
    const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => [key, got]);

    it("a DNS server that gives out credentials, and ranges beside it", () => {
        for (const cidr of [
            "169.254.169.254/32",
            "169.254.170.2/32",
            "169.254.170.23/32",
            "169.254.0.0/16",
            "169.254.20.0/24",
            "fd00:ec2::254/128",
            "fd00:ec2::23/128",
            "fd00:ec2::/64",
            "fd20:ce::254/128",
        ])
            assert.deepEqual(problems({ ipFamilies: "dualStack", dnsCidrs: ["10.0.0.2/32", cidr] }), [
                ["dnsCidrs", `"${cidr}"`],
            ]);
    });

    it("no other DNS server: that of the node, of AWS, of the cluster, or all", () => {
        const dnsCidrs = ["169.254.20.10/32", "169.254.169.253/32", "fd00:ec2::253/128", "172.20.0.10/32", "0.0.0.0/0"];
        assert.deepEqual(problems({ ipFamilies: "dualStack", dnsCidrs }), []);
    });

    it("addresses of IPv6 where the cluster's pods have none", () => {
        for (const key of ["kubernetesApiCidrs", "dnsCidrs", "storageCidrs"])
            assert.deepEqual(problems({ [key]: ["10.0.0.0/24", "fd00:20::/64"] }), [
                [key, '"fd00:20::/64", with ipFamilies IPv4'],
            ]);
        const databases = { ...external, redisCidrs: ["fd00::1/128"], postgresCidrs: ["fd00::2/128"] };
        assert.deepEqual(
            problems(databases).map(([key]) => key),
            ["postgresCidrs", "redisCidrs"],
        );
        assert.deepEqual(problems({ ...databases, ipFamilies: "IPv6" }), []);
        // A node or a NAT64 translates.
        assert.deepEqual(problems({ ipFamilies: "IPv6", storageCidrs: ["10.0.0.0/24"] }), []);
    });

    it("no port, and what is none", () => {
        for (const kubernetesApiPorts of [[], [0], [65536], ["443"], 443])
            assert.deepEqual(
                problems({ kubernetesApiPorts } as JustDbCloudArgs).map(([key]) => key),
                ["kubernetesApiPorts"],
            );
    });
});
