import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";
import { mostPods } from "./rollout";

export const demands = (s: Resolved): Demand[] => [{ pods: mostPods(s), volumes: 0 }];
