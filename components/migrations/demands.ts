import type { Demand } from "../lib/demand";

/** What fills a new database is over before it. */
export const demands = (): Demand[] => [{ pods: 1, volumes: 0 }];
