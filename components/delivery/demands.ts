import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";
import { isRollout } from "./workload";

/** The Job that waits for the new version. The app's pods are the app's own demand. */
export const demands = (s: Resolved): Demand[] => (isRollout(s) ? [{ pods: 1, volumes: 0 }] : []);
