import { addresses, type Flow, type PodKind } from "../lib/flow";
import type { Resolved } from "../parts";
import { redisPods, redisPort } from "./names";

/** How the pods of other parts connect to Redis. It opens no connection itself. */
export const toRedis = (from: PodKind, s: Resolved): Flow =>
    s.redisMode === "inCluster"
        ? { from, to: redisPods, ports: [{ port: redisPort }] }
        : { from, to: addresses(s.redisCidrs), ports: [{ port: s.redisPort }] };
