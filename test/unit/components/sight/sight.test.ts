import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { requirements } from "../../../../components/parts";
import { alertGroups } from "../../../../components/sight/alerts/groups";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { readYaml } from "../../../support/mocks-stack";
import { waysOf } from "../../../support/policies";

const externalDatabase: JustDbCloudArgs = {
    postgresMode: "external",
    postgresHost: "db.example.com",
    postgresCidrs: ["10.1.0.0/24"],
    postgresExistingSecret: "db",
};
const operator: JustDbCloudArgs = { metricsScrape: "prometheusOperator" };

/** Everything that says to a Prometheus without the operator: scrape this. */
const annotated = (made: Plan) =>
    made.resources
        .filter(({ inputs }) => JSON.stringify(inputs).includes('"prometheus.io/scrape":"true"'))
        .map(({ name }) => name)
        .sort();
const monitors = (made: Plan) =>
    made.resources
        .filter(({ type }) => /^kubernetes:monitoring\.coreos\.com\/v1:\w+Monitor$/.test(type))
        .map(({ inputs }) => `${inputs.kind as string} ${(inputs.metadata as { name: string }).name}`)
        .sort();
const annotationsOf = (made: Plan, name: string, path = "metadata.annotations") => {
    const all = Object.entries((made.at(name, path) ?? {}) as Record<string, string>);
    return Object.fromEntries(all.filter(([key]) => key.startsWith("prometheus.io/")));
};
const readers = (args: JustDbCloudArgs) => waysOf(args).filter((way) => / < monitoring\/\*/.test(way));
const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);

describe("metrics by annotations", () => {
    let made: Plan;
    before(async () => {
        made = await plan({ redisMetrics: true });
    });

    it("are the default: each source has one place that says so, and there is no monitor", () => {
        assert.deepEqual(annotated(made), [
            "justdb-backup-metrics-service",
            "justdb-deployment",
            "justdb-postgres-metrics-service",
            "justdb-redis-metrics-service",
        ]);
        assert.deepEqual(monitors(made), []);
        assert.ok(!made.has("justdb-metrics-service"));
    });

    it("say port and path", () => {
        const port = (value: string) => ({ "prometheus.io/scrape": "true", "prometheus.io/port": value });
        assert.deepEqual(annotationsOf(made, "justdb-deployment", "spec.template.metadata.annotations"), {
            ...port("8080"),
            "prometheus.io/path": "/actuator/prometheus",
        });
        assert.deepEqual(annotationsOf(made, "justdb-backup-metrics-service"), port("9187"));
        assert.deepEqual(annotationsOf(made, "justdb-postgres-metrics-service"), port("9187"));
        assert.deepEqual(annotationsOf(made, "justdb-redis-metrics-service"), port("9121"));
    });

    it("of PostgreSQL are found by a Service of its own: not the operator's jobs, and an instance that is not ready too", () => {
        assert.deepEqual(made.at("justdb-postgres-metrics-service", "spec"), {
            clusterIP: "None",
            selector: { "cnpg.io/cluster": "justdb-db", "cnpg.io/podRole": "instance" },
            ports: [{ name: "metrics", port: 9187, targetPort: 9187 }],
            publishNotReadyAddresses: true,
        });
    });

    it("of the app are those of a Rollout's pods too", async () => {
        assert.ok(annotated(await plan({ delivery: "canary" })).includes("justdb-rollout"));
    });

    it("of an external PostgreSQL there are none", async () => {
        const without = await plan(externalDatabase);
        assert.ok(!without.has("justdb-postgres-metrics-service"));
        assert.ok(!readers(externalDatabase).some((way) => way.startsWith("postgres")));
    });
});

describe("metrics by the Prometheus operator", () => {
    let made: Plan;
    before(async () => {
        made = await plan({ ...operator, metricsIntervalSeconds: 15, monitorLabels: { release: "prometheus" } });
    });
    const port = { port: "metrics", interval: "15s" };

    it("have a monitor for each source, and nothing that would have them scraped a second time", () => {
        assert.deepEqual(monitors(made), [
            "PodMonitor justdb-db",
            "ServiceMonitor justdb-backup-metrics",
            "ServiceMonitor justdb-cloud",
            "ServiceMonitor justdb-redis-metrics",
        ]);
        assert.deepEqual(annotated(made), []);
        assert.ok(!made.has("justdb-postgres-metrics-service"));
    });

    it("of the app are found by a Service of its own, which all of its pods are in at all times", () => {
        assert.deepEqual(made.at("justdb-metrics-service", "spec"), {
            clusterIP: "None",
            selector: { app: "justdb-cloud" },
            ports: [{ name: "http", port: 8080, targetPort: 8080 }],
            publishNotReadyAddresses: true,
        });
        assert.deepEqual(made.at("justdb-monitor", "spec"), {
            selector: { matchLabels: { app: "justdb-cloud-metrics" } },
            endpoints: [{ port: "http", path: "/actuator/prometheus", interval: "15s" }],
        });
    });

    it("are each of one Service, of all that a canary or blue-green has", async () => {
        for (const delivery of ["rolling", "canary", "blueGreen"] as const) {
            const all = await plan({ ...operator, delivery });
            const services = all.all("kubernetes:core/v1:Service");
            for (const { inputs } of all.all("kubernetes:monitoring.coreos.com/v1:ServiceMonitor")) {
                const { selector } = inputs.spec as { selector: { matchLabels: { app: string } } };
                const found = services.filter(
                    (service) =>
                        (service.inputs.metadata as { labels: Record<string, string> }).labels.app ===
                        selector.matchLabels.app,
                );
                assert.equal(found.length, 1, `${delivery}: ${selector.matchLabels.app}`);
            }
        }
    });

    it("of backups and Redis are at the ports that their Services name", () => {
        for (const source of ["backup", "redis"]) {
            const name = `justdb-${source}-metrics`;
            assert.deepEqual(made.at(`justdb-${source}-monitor`, "spec"), {
                selector: { matchLabels: { app: name } },
                endpoints: [port],
            });
            assert.equal(made.at(`${name}-service`, "metadata.labels.app"), name);
            assert.equal(made.at(`${name}-service`, "spec.ports.0.name"), "metrics");
        }
    });

    it("of PostgreSQL are those of its instances", () => {
        assert.deepEqual(made.at("justdb-postgres-monitor", "spec"), {
            selector: { matchLabels: { "cnpg.io/cluster": "justdb-db", "cnpg.io/podRole": "instance" } },
            podMetricsEndpoints: [port],
        });
    });

    it("carry the labels by which a Prometheus selects them", () => {
        for (const { name, inputs } of made.resources.filter(({ type }) => type.includes("monitoring.coreos.com"))) {
            const { labels } = inputs.metadata as { labels: Record<string, string> };
            assert.equal(labels.release, "prometheus", name);
        }
    });

    it("are known of before a pod of the app is there, which a canary may be judged by", async () => {
        for (const name of ["justdb-monitor", "justdb-metrics-service"]) {
            assert.ok(waitsFor(made.get("justdb-deployment"), name));
            const canary = await plan({ ...operator, delivery: "canary" });
            assert.ok(waitsFor(canary.get("justdb-rollout"), name));
        }
    });

    it("need the operator's kinds, each of which may be missing, and say what else there is", () => {
        const needs = (args: JustDbCloudArgs) =>
            requirements(resolve(args, "justdb")).filter(({ api }) => api.startsWith("monitoring.coreos.com/"));
        const api = (kind: string) => `monitoring.coreos.com/v1/${kind}`;
        assert.deepEqual(needs({}), []);
        assert.deepEqual(
            needs(operator).map((one) => one.api),
            ["ServiceMonitor", "PodMonitor", "PrometheusRule"].map(api),
        );
        assert.deepEqual(
            needs({ ...operator, ...externalDatabase }).map((one) => one.api),
            ["ServiceMonitor", "PrometheusRule"].map(api),
        );
        for (const { fix } of needs(operator)) {
            assert.match(fix, /^install it.*https:.*pulumi config set metricsScrape annotations$/);
        }
    });
});

describe("alerts", () => {
    it("are a PrometheusRule where the operator reads it: those that the settings make possible", async () => {
        const args: JustDbCloudArgs = { ...operator, postgresInstances: 1, availabilityObjectivePercent: 99.5 };
        const made = await plan(args);
        const { kind, metadata, spec } = made.get("justdb-alerts").inputs as Record<string, Record<string, unknown>>;
        assert.deepEqual([kind, metadata!.name], ["PrometheusRule", "justdb-cloud"]);
        assert.deepEqual(spec, { groups: alertGroups(resolve(args, "justdb")) });
        for (const other of [{}, { metricsScrape: "none" } as const])
            assert.ok(!(await plan(other)).has("justdb-alerts"));
    });
});

describe("the dashboard", () => {
    it("is in a ConfigMap with the labels that Grafana's sidecar looks for, as it is made for all stacks", async () => {
        const grafanaDashboardLabels = { dashboards: "justdb" };
        const made = await plan({ grafanaDashboard: true, grafanaDashboardLabels });
        assert.equal(made.at("justdb-dashboard", "metadata.name"), "justdb-cloud-dashboard");
        assert.equal(made.at("justdb-dashboard", "metadata.labels.dashboards"), "justdb");
        const data = made.at("justdb-dashboard", "data") as Record<string, string>;
        assert.deepEqual(Object.keys(data), ["justdb-cloud.json"]);
        assert.deepEqual(JSON.parse(data["justdb-cloud.json"]!), readYaml("components/sight/grafana.json"));
    });

    it("is there by default where the Prometheus operator is, and only there", async () => {
        const labels = (made: Plan) => made.at("justdb-dashboard", "metadata.labels.grafana_dashboard");
        assert.equal(labels(await plan(operator)), "1");
        assert.ok(!(await plan({ ...operator, grafanaDashboard: false })).has("justdb-dashboard"));
        assert.ok(!(await plan({})).has("justdb-dashboard"));
    });
});

describe("metrics that nobody scrapes", () => {
    it("are found by nothing, and read by nobody", async () => {
        const made = await plan({ metricsScrape: "none" });
        assert.deepEqual(annotated(made), []);
        assert.deepEqual(monitors(made), []);
        assert.deepEqual(readers({ metricsScrape: "none" }), []);
    });
});

describe("who reads metrics", () => {
    it("are the pods of the namespace of Prometheus, at the ports of metrics alone", () => {
        for (const metricsScrape of ["annotations", "prometheusOperator"] as const) {
            assert.deepEqual(readers({ metricsScrape, redisMetrics: true }).sort(), [
                "app < monitoring/* :8080",
                "backup-metrics < monitoring/* :9187",
                "postgres < monitoring/* :9187",
                "redis-metrics < monitoring/* :9121",
            ]);
        }
        const other = waysOf({ monitoringNamespace: "observability" });
        assert.ok(other.includes("app < observability/* :8080"));
    });

    it("is said once, also where new versions are judged by them", () => {
        const judged = { delivery: "canary", analysisPrometheus: "http://prometheus.monitoring.svc:9090" } as const;
        const ofApp = (args: JustDbCloudArgs) => readers(args).filter((way) => way.startsWith("app"));
        assert.deepEqual(ofApp(judged), ["app < monitoring/* :8080"]);
        assert.deepEqual(ofApp({ ...judged, metricsScrape: "none" }), ["app < monitoring/* :8080"]);
    });

    it("come by the tunnel of a mesh too; and to the agent of Istio's sidecar, to which it leads the annotations", () => {
        const ofApp = (args: JustDbCloudArgs) => readers(args).filter((way) => way.startsWith("app"))[0];
        assert.equal(ofApp({ mesh: "linkerd" }), "app < monitoring/* :8080,4143");
        assert.equal(ofApp({ mesh: "istioAmbient" }), "app < monitoring/* :8080,15008");
        assert.equal(ofApp({ mesh: "istio" }), "app < monitoring/* :8080,15020,15008");
        assert.equal(ofApp({ ...operator, mesh: "istio" }), "app < monitoring/* :8080,15008");
    });
});

describe("settings of metrics", () => {
    it("are refused where they would have no effect", () => {
        assert.deepEqual(problems({ metricsIntervalSeconds: 15, monitorLabels: { release: "prometheus" } }), [
            "metricsIntervalSeconds: 15, with metricsScrape annotations",
            'monitorLabels: {"release":"prometheus"}, with metricsScrape annotations',
        ]);
        assert.deepEqual(problems({ ...operator, metricsIntervalSeconds: 15 }), []);
        const grafanaDashboardLabels = { dashboards: "justdb" };
        assert.deepEqual(problems({ grafanaDashboardLabels }), [
            'grafanaDashboardLabels: {"dashboards":"justdb"}, with grafanaDashboard false',
        ]);
        assert.deepEqual(problems({ grafanaDashboardLabels, grafanaDashboard: true }), []);
    });
});
