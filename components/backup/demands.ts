import type { Demand } from "../lib/demand";

/** A backup, a restore, and the exporter of their metrics. */
export const demands = (): Demand[] => [{ pods: 3, volumes: 0 }];
