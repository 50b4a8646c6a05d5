import type { Flow } from "../lib/flow";
import { toKubernetesApi } from "../network/flows";
import type { Resolved } from "../parts";
import { deliveredPods } from "./names";
import { isRollout } from "./workload";

/** The Job asks Kubernetes how far the new version is. */
export const flows = (s: Resolved): Flow[] => (isRollout(s) ? [toKubernetesApi(deliveredPods, s)] : []);
