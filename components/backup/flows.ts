import { toDatabase } from "../database/flows";
import { type Flow, inNamespace, toDns } from "../lib/flow";
import type { Resolved } from "../parts";
import { toStorage } from "../storage/flows";
import { backupPods, metricsPods, metricsPort, restorePods } from "./names";

export const flows = (s: Resolved): Flow[] => [
    ...[backupPods, restorePods].flatMap((pods) => [toDns(pods), toStorage(pods, s), toDatabase(pods, s)]),
    toDns(metricsPods),
    toStorage(metricsPods, s),
    { from: [inNamespace(s.monitoringNamespace)], to: metricsPods, ports: [{ port: metricsPort }] },
];
