import { addresses, type Flow, type PodKind } from "../lib/flow";
import { toDns } from "../network/flows";
import type { Resolved } from "../parts";
import { metricsPods, redisPods, redisPort } from "./names";

/** Its exporter asks it; itself it opens no connection. */
export const flows = (s: Resolved): Flow[] => (s.redisMetrics ? [toDns(metricsPods, s), toRedis(metricsPods, s)] : []);

/** How pods connect to Redis. */
export const toRedis = (from: PodKind, s: Resolved): Flow =>
    s.redisMode === "inCluster"
        ? { from, to: redisPods, ports: [{ port: redisPort }] }
        : { from, to: addresses(s.redisCidrs), ports: [{ port: s.redisPort }] };
