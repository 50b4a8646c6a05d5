import type { Demand } from "../lib/demand";

/** Finished drills that are kept, of each end. The volume of one goes with its pod. */
export const drillsKept = 1;

/** One that runs, and the last good and the last failed one, which have ended but keep their volumes. */
export const demands = (): Demand[] => [{ pods: 1, volumes: 1 + 2 * drillsKept }];
