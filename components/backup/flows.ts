import { toDatabase } from "../database/flows";
import { toAws } from "../identity/flows";
import type { Flow } from "../lib/flow";
import { toDns } from "../network/flows";
import type { Resolved } from "../parts";
import { backupPods, metricsPods, restorePods } from "./names";

export const flows = (s: Resolved): Flow[] => [
    ...[backupPods, restorePods].flatMap((pods) => [toDns(pods, s), ...toAws(pods, s), toDatabase(pods, s)]),
    toDns(metricsPods, s),
    ...toAws(metricsPods, s),
];
