import { appPods, appPort } from "../app/names";
import { metricsPods as backupPods, metricsPort as backupPort } from "../backup/names";
import { databasePods, ports } from "../database/names";
import { isJudged } from "../delivery/analysis";
import { type Flow, inNamespace, type PodKind } from "../lib/flow";
import { tunnelled } from "../mesh/flows";
import type { Resolved } from "../parts";
import { metricsPods as redisPods, metricsPort as redisPort } from "../redis/names";

/** Istio's sidecar leads the annotations of its pod to its own agent, which tells the app's metrics too, and needs no mTLS. */
const istioAgentPort = 15_020;

/** Prometheus reads metrics; those of the app also where nothing else says how it finds them, but a new version is judged by them. */
export function flows(s: Resolved): Flow[] {
    const isScraped = s.metricsScrape !== "none";
    const scrapes = (to: PodKind, ...found: number[]): Flow => ({
        from: [inNamespace(s.monitoringNamespace)],
        to,
        ports: found.map((port) => ({ port })),
    });
    const byAgent = s.metricsScrape === "annotations" && s.mesh === "istio" ? [istioAgentPort] : [];
    return [
        ...(isScraped || isJudged(s) ? [tunnelled(s, scrapes(appPods, appPort, ...byAgent))] : []),
        ...(isScraped ? [scrapes(backupPods, backupPort)] : []),
        ...(isScraped && s.postgresMode === "managed" ? [scrapes(databasePods, ports.metrics)] : []),
        ...(s.redisMetrics ? [scrapes(redisPods, redisPort)] : []),
    ];
}
