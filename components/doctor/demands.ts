import type { Demand } from "../lib/demand";

/** The Job that somebody starts. */
export const demands = (): Demand[] => [{ pods: 1, volumes: 0 }];
