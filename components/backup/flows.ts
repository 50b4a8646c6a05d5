import { toDatabase } from "../database/flows";
import type { Flow } from "../lib/flow";
import { toDns } from "../network/flows";
import type { Resolved } from "../parts";
import { toStorage } from "../storage/flows";
import { backupPods, metricsPods, restorePods } from "./names";

export const flows = (s: Resolved): Flow[] => [
    ...[backupPods, restorePods].flatMap((pods) => [toDns(pods, s), toStorage(pods, s), toDatabase(pods, s)]),
    toDns(metricsPods, s),
    toStorage(metricsPods, s),
];
