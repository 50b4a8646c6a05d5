import { instanceLabels, ports } from "../database/names";
import type { Cluster, Waited } from "../lib/scope";
import { scrapeAnnotations } from "./annotations";
import { createDashboard } from "./dashboard";
import { createMonitors } from "./monitors";
import { names } from "./names";
import { createMetricsService } from "./service";

/** What Prometheus finds the metrics by, and Grafana the dashboard. Ready when Prometheus can know of the app's pods. */
export function createSight(cluster: Cluster): Waited {
    const { metricsScrape, postgresMode, grafanaDashboard } = cluster.settings;
    if (grafanaDashboard) createDashboard(cluster);
    if (metricsScrape === "annotations" && postgresMode === "managed") createDatabaseService(cluster);
    return metricsScrape === "prometheusOperator" ? createMonitors(cluster) : { ready: [] };
}

/** What the Cluster hands down to its pods it hands down to its Services too, so that each instance would be scraped three times. */
const createDatabaseService = (cluster: Cluster) =>
    createMetricsService(cluster, {
        suffix: "postgres-metrics-service",
        name: names.databaseMetrics,
        selector: instanceLabels,
        port: { name: "metrics", port: ports.metrics },
        annotations: scrapeAnnotations(cluster.settings, ports.metrics),
    });
