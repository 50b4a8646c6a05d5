import { metricsPods, metricsPort } from "../backup/names";
import type { Flow } from "../lib/flow";
import { toDns, toKubernetesApi } from "../network/flows";
import type { Resolved } from "../parts";
import { doctorPods } from "./names";

/** No way leads to the app: the doctor tries whether that is so. */
export const flows = (s: Resolved): Flow[] => [
    toDns(doctorPods, s),
    toKubernetesApi(doctorPods, s),
    { from: doctorPods, to: metricsPods, ports: [{ port: metricsPort }] },
];
