import * as a from "../config/setting";
import { MetricsScrape, type SightArgs } from "./args";

export const schema: a.Schema<SightArgs> = {
    metricsScrape: a.choice(MetricsScrape, { default: "annotations", example: "prometheusOperator" }),
    metricsIntervalSeconds: a.integer(5, 120, { default: 30, example: 15 }),
    monitorLabels: a.podLabels({ default: {}, example: { release: "kube-prometheus-stack" } }),
    availabilityObjectivePercent: a.percent(90, 99.99, { default: 99.9, example: 99.5 }),
    latencyObjectivePercent: a.percent(50, 99.9, { default: 95, example: 99 }),
    latencyObjectiveMilliseconds: a.integer(10, 30_000, { default: 500, example: 250 }),
    credentialMaxAgeDays: a.integer(0, 3650, { default: 0, example: 90 }),
    runbooksUrl: a.folderUrl({
        default: "",
        example: "https://git.example.com/platform/justdb-cloud/src/docs/runbooks",
    }),
    grafanaDashboard: a.flag({ default: (s) => s.metricsScrape === "prometheusOperator", example: true }),
    grafanaDashboardLabels: a.podLabels({
        default: { grafana_dashboard: "1" },
        example: { grafana_dashboard: "1" },
    }),
};
