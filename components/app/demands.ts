import { fleets } from "../delivery/times";
import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";

export const demands = (s: Resolved): Demand[] => [{ pods: fleets(s), volumes: 0 }];
