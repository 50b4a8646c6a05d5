import { addresses, type Flow, type PodKind } from "../lib/flow";
import { toDns } from "../network/flows";
import type { Resolved } from "../parts";
import { acceptedPods, metricsPods, reachedPods, redisPods, redisPort } from "./names";

/** Its exporter asks it, and what tries a new password or one outside of the cluster; itself it opens no connection. */
export const flows = (s: Resolved): Flow[] =>
    [
        ...(s.redisMetrics ? [metricsPods] : []),
        ...(s.redisPasswordGeneration > 1 ? [acceptedPods] : []),
        ...(s.redisMode === "external" ? [reachedPods] : []),
    ].flatMap((pods) => [toDns(pods, s), toRedis(pods, s)]);

/** How pods connect to Redis. */
export const toRedis = (from: PodKind, s: Resolved): Flow =>
    s.redisMode === "inCluster"
        ? { from, to: redisPods, ports: [{ port: redisPort }] }
        : { from, to: addresses(s.redisCidrs), ports: [{ port: s.redisPort }] };
