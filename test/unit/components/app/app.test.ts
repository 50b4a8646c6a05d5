import assert from "node:assert/strict";
import { load } from "js-yaml";
import type { JustDbCloudArgs } from "../../../../components";
import { at, plan, region, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const pod = "spec.template.spec";

describe("application", () => {
    let made: Plan;
    before(async () => {
        made = await plan({});
    });

    for (const [name, user] of [
        ["justdb-deployment", 10001],
        ["justdb-redis", 999],
    ] as const) {
        it(`${name}: is admitted by "restricted", with a read-only root and no token`, () => {
            assert.deepEqual(made.at(name, `${pod}.securityContext`), {
                runAsNonRoot: true,
                runAsUser: user,
                runAsGroup: user,
                fsGroup: user,
                fsGroupChangePolicy: "OnRootMismatch",
                seccompProfile: { type: "RuntimeDefault" },
            });
            assert.deepEqual(made.at(name, `${pod}.containers.0.securityContext`), {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
            });
            assert.equal(made.at(name, `${pod}.automountServiceAccountToken`), false);
        });
    }

    it("drains before it ends: sleeps, then lets requests end, then dies", () => {
        const sleep = made.at("justdb-deployment", `${pod}.containers.0.lifecycle.preStop.sleep.seconds`) as number;
        const grace = made.at("justdb-deployment", `${pod}.terminationGracePeriodSeconds`) as number;
        const yml = load(made.at("justdb-config", "data.[application.yml]") as string);
        assert.equal(at(yml, "server.shutdown"), "graceful");
        assert.equal(at(yml, "spring.lifecycle.timeout-per-shutdown-phase"), "30s");
        assert.ok(sleep >= 5 && grace > sleep + 30);
    });

    it("spreads its pods over nodes and zones", () => {
        const constraints = made.at("justdb-deployment", `${pod}.topologySpreadConstraints`) as {
            topologyKey: string;
        }[];
        assert.deepEqual(
            constraints.map((constraint) => constraint.topologyKey),
            ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
        );
    });

    it("lets a node drain one pod at a time", () => {
        assert.deepEqual(made.at("justdb-budget", "spec"), {
            maxUnavailable: 1,
            selector: { matchLabels: { app: "justdb-cloud" } },
            unhealthyPodEvictionPolicy: "AlwaysAllow",
        });
    });

    it("waits long enough for all pods to be replaced, one after the other", async () => {
        const seconds = async (args: object) =>
            Number((await plan(args)).get("justdb-deployment").updateTimeout.slice(0, -1));
        assert.equal(made.get("justdb-deployment").updateTimeout, "1230s");
        const slow = { appReadinessDelaySeconds: 300, appMaxReplicas: 10 };
        assert.ok((await seconds(slow)) > 10 * 300);
        assert.ok(((await plan(slow)).at("justdb-deployment", "spec.progressDeadlineSeconds") as number) > 300);
    });

    it("leaves the number of pods to the autoscaler", () => {
        assert.deepEqual(made.get("justdb-deployment").ignoreChanges, ["spec.replicas"]);
    });

    it("is scaled up by twice as many at most, and down slowly, after as long as is set", async () => {
        const other = await plan({ appScaleDownSeconds: 60 });
        const perMinute = (...policies: [string, number][]) =>
            policies.map(([type, value]) => ({ type, value, periodSeconds: 60 }));
        assert.deepEqual(other.at("justdb-autoscaler", "spec.behavior"), {
            scaleUp: { stabilizationWindowSeconds: 0, policies: perMinute(["Pods", 2], ["Percent", 100]) },
            scaleDown: { stabilizationWindowSeconds: 60, policies: perMinute(["Pods", 1], ["Percent", 25]) },
        });
    });

    it("makes Java return memory that it does not need, unless it is told otherwise", async () => {
        const options = (resources: typeof made) =>
            (resources.at("justdb-deployment", `${pod}.containers.0.env`) as { name: string; value?: string }[]).find(
                ({ name }) => name === "JAVA_TOOL_OPTIONS",
            )?.value;
        assert.match(options(made)!, /-XX:G1PeriodicGCInterval=\d+ .*-XX:MaxHeapFreeRatio=\d+/);
        assert.equal(options(await plan({ appJavaOptions: "-Xmx1g" })), "-Xmx1g");
    });

    it("waits for PostgreSQL, Redis, its Secrets and the NetworkPolicies", () => {
        for (const name of ["postgres", "redis", "secrets", "aws-credentials", "config", "network-default-deny"]) {
            assert.ok(waitsFor(made.get("justdb-deployment"), `justdb-${name}`), name);
        }
    });

    it("runs as its own ServiceAccount, and knows the buckets' region", () => {
        assert.equal(
            made.at("justdb-deployment", `${pod}.serviceAccountName`),
            made.at("justdb-account", "metadata.name"),
        );
        const env = made.at("justdb-deployment", `${pod}.containers.0.env`) as { name: string; value?: string }[];
        assert.equal(env.find(({ name }) => name === "AWS_REGION")?.value, region);
    });

    it("limits each emptyDir", () => {
        const volumes = made.at("justdb-deployment", `${pod}.volumes`) as { emptyDir?: { sizeLimit?: string } }[];
        assert.ok(volumes.every(({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit));
    });

    it("sends traces where it is told, and nowhere by default", async () => {
        const env = (of: Plan) => JSON.stringify(of.at("justdb-deployment", `${pod}.containers.0.env`));
        const otlpEndpoint = "http://collector.observability.svc:4317";
        assert.doesNotMatch(env(made), /OTEL/);
        assert.match(env(await plan({ otlpEndpoint })), /OTEL_EXPORTER_OTLP_ENDPOINT.*collector\.observability/);
    });

    it("counts how many requests are answered within the objective, to the millisecond", async () => {
        const distribution = (of: Plan) =>
            at(
                load(of.at("justdb-config", "data.[application.yml]") as string),
                "management.metrics.distribution",
            ) as Record<string, object>;
        assert.deepEqual(distribution(made), {
            "percentiles-histogram": { "http.server.requests": true },
            slo: { "http.server.requests": "500ms" },
        });
        const other = await plan({ latencyObjectiveMilliseconds: 275 });
        assert.deepEqual(distribution(other).slo, { "http.server.requests": "275ms" });
    });

    it("says in its traces which stack it is of, and sends them as the collector's port asks for, or as it is told", async () => {
        const variables = async (args: JustDbCloudArgs) => {
            const env = (await plan(args)).at("justdb-deployment", `${pod}.containers.0.env`);
            const found = (env as { name: string; value?: string }[]).filter(({ name }) => name.startsWith("OTEL_"));
            return Object.fromEntries(found.map(({ name, value }) => [name.slice("OTEL_".length), value]));
        };
        const collector = "http://collector.observability.svc";
        assert.deepEqual(await variables({ otlpEndpoint: `${collector}:4317`, environment: "dev", namespace: "own" }), {
            EXPORTER_OTLP_ENDPOINT: `${collector}:4317`,
            EXPORTER_OTLP_PROTOCOL: "grpc",
            SERVICE_NAME: "justdb-cloud",
            RESOURCE_ATTRIBUTES: "service.namespace=own,deployment.environment.name=dev",
        });
        const protocol = async (args: JustDbCloudArgs) => (await variables(args)).EXPORTER_OTLP_PROTOCOL;
        assert.equal(await protocol({ otlpEndpoint: `${collector}:4318` }), "http/protobuf");
        assert.equal(await protocol({ otlpEndpoint: `${collector}:4318/` }), "http/protobuf");
        assert.equal(await protocol({ otlpEndpoint: collector, otlpProtocol: "http/protobuf" }), "http/protobuf");
    });

    it("is in the cluster only, unless told", async () => {
        assert.equal(made.at("justdb-service", "spec.type"), "ClusterIP");
        assert.equal(made.at("justdb-service", "spec.externalTrafficPolicy"), undefined);
        const args = { edge: "loadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] } as const;
        const balanced = await plan({ ...args, loadBalancerSourceRanges: [...args.loadBalancerSourceRanges] });
        assert.deepEqual(balanced.at("justdb-service", "spec.loadBalancerSourceRanges"), ["203.0.113.0/24"]);
        assert.equal(balanced.at("justdb-service", "spec.externalTrafficPolicy"), "Local");
        assert.equal(balanced.outputs.url, "http://lb.example.com");
    });

    it("keeps no more connections than its pool has", async () => {
        const small = await plan({ appDatabasePoolSize: 3 });
        const hikari = at(
            load(small.at("justdb-config", "data.[application.yml]") as string),
            "spring.datasource.hikari",
        );
        assert.equal(at(hikari, "maximum-pool-size"), 3);
        assert.equal(at(hikari, "minimum-idle"), 3);
    });

    it("tells the app where its objects are", async () => {
        const s3 = async (args: object) =>
            at(load((await plan(args)).at("justdb-config", "data.[application.yml]") as string), "justdb.storage.s3");
        assert.deepEqual(await s3({}), {
            bucket: "justdb-schemas-0123456",
            region: "eu-central-1",
            "path-style-access": false,
        });
        assert.deepEqual(await s3({ storageEndpoint: "http://10.250.0.1:9000" }), {
            bucket: "justdb-schemas-0123456",
            region: "eu-central-1",
            endpoint: "http://10.250.0.1:9000",
            "path-style-access": true,
        });
    });

    it("pulls from a private registry with the Secrets that are set", async () => {
        const { resources, at: read } = await plan({ imagePullSecrets: ["registry"] }).then((p) => ({
            resources: p.resources,
            at: p.at.bind(p),
        }));
        assert.ok(resources.length > 0);
        assert.deepEqual(read("justdb-deployment", `${pod}.imagePullSecrets`), [{ name: "registry" }]);
        assert.deepEqual(read("justdb-redis", `${pod}.imagePullSecrets`), [{ name: "registry" }]);
        assert.deepEqual(read("justdb-postgres", "values.imagePullSecrets"), ["registry"]);
    });
});
