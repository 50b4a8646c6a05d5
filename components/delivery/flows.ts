import { appPods, appPort } from "../app/names";
import { type Flow, inNamespace } from "../lib/flow";
import { toKubernetesApi } from "../network/flows";
import type { Resolved } from "../parts";
import { isJudged } from "./analysis";
import { deliveredPods } from "./names";
import { isRollout } from "./workload";

/** The Job asks Kubernetes how far the new version is; and Prometheus, by which it is judged, asks the app's pods. */
export const flows = (s: Resolved): Flow[] => [
    ...(isRollout(s) ? [toKubernetesApi(deliveredPods, s)] : []),
    ...(isJudged(s) ? [{ from: [inNamespace(s.monitoringNamespace)], to: appPods, ports: [{ port: appPort }] }] : []),
];
