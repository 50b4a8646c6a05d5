// What the Prometheus operator tells Prometheus: whom to scrape, whose series it gives the labels namespace and pod, and when to alert.
import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import { appPods, appPort, names as app } from "../app/names";
import { names as backup } from "../backup/names";
import { instanceLabels, names as database } from "../database/names";
import type { Cluster, Waited } from "../lib/scope";
import { metricsName as redisMetrics } from "../redis/names";
import { alertGroups } from "./alerts/groups";
import { appMetricsPath, monitoringApi, names } from "./names";
import { createMetricsService } from "./service";

/** Ready when the app's is there. Several Services send to the app's pods, two of them to the same ones while a version comes: so it is found by one of its own. */
export function createMonitors(cluster: Cluster): Waited {
    const { settings } = cluster;
    const service = createMetricsService(cluster, {
        suffix: "metrics-service",
        name: names.appMetrics,
        selector: appPods.labels,
        port: { name: "http", port: appPort },
    });
    const monitor = createServiceMonitor(cluster, "monitor", app.app, names.appMetrics, {
        port: "http",
        path: appMetricsPath,
    });
    createServiceMonitor(cluster, "backup-monitor", backup.metrics, backup.metrics, { port: "metrics" });
    if (settings.postgresMode === "managed") createPodMonitor(cluster);
    if (settings.redisMetrics) {
        createServiceMonitor(cluster, "redis-monitor", redisMetrics, redisMetrics, { port: "metrics" });
    }
    create(cluster, "alerts", "PrometheusRule", app.app, { groups: alertGroups(settings) });
    return { ready: [service, monitor] };
}

const interval = ({ settings }: Cluster) => `${settings.metricsIntervalSeconds}s`;

const create = (cluster: Cluster, suffix: string, kind: string, name: string, spec: object) =>
    new apiextensions.CustomResource(
        cluster.child(suffix),
        {
            apiVersion: monitoringApi,
            kind,
            metadata: cluster.metadata(name, { labels: cluster.settings.monitorLabels }),
            spec,
        },
        cluster.options(),
    );

/** Of the Service that has this name as its label. */
const createServiceMonitor = (cluster: Cluster, suffix: string, name: string, service: string, endpoint: object) =>
    create(cluster, suffix, "ServiceMonitor", name, {
        selector: { matchLabels: { app: service } },
        endpoints: [{ ...endpoint, interval: interval(cluster) }],
    });

/** CloudNativePG makes no more of its own: the field of its Cluster that asked for one is deprecated. */
const createPodMonitor = (cluster: Cluster) =>
    create(cluster, "postgres-monitor", "PodMonitor", database.cluster, {
        selector: { matchLabels: instanceLabels },
        podMetricsEndpoints: [{ port: "metrics", interval: interval(cluster) }],
    });
