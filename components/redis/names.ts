import type { PodKind } from "../lib/flow";

export const redisName = "justdb-redis";

export const redisPods: PodKind = { name: "redis", labels: { app: redisName } };

export const redisPort = 6379;

/** The exporter of its metrics. */
export const metricsName = "justdb-redis-metrics";

export const metricsPods: PodKind = { name: "redis-metrics", labels: { app: metricsName } };

export const metricsPort = 9121;
