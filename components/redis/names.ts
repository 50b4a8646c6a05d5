import type { PodKind } from "../lib/flow";

export const redisName = "justdb-redis";

export const redisPods: PodKind = { name: "redis", labels: { app: redisName } };

export const redisPort = 6379;
