import type { PodKind } from "../lib/flow";

export const redisName = "justdb-redis";

export const redisPods: PodKind = { name: "redis", labels: { app: redisName } };

export const redisPort = 6379;

/** Who tries whether one outside of the cluster lets the app in. */
export const reachedName = "justdb-redis-reached";

export const reachedPods: PodKind = { name: "redis-reached", labels: { app: reachedName } };

/** What waits until Redis takes a new password. */
export const acceptedName = "justdb-redis-accepted";

export const acceptedPods: PodKind = { name: "redis-accepted", labels: { app: acceptedName } };

/** The exporter of its metrics. */
export const metricsName = "justdb-redis-metrics";

export const metricsPods: PodKind = { name: "redis-metrics", labels: { app: metricsName } };

export const metricsPort = 9121;
