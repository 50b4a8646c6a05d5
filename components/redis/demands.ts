import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";

export const demands = (s: Resolved): Demand[] => [
    // One outside is tried by a pod.
    s.redisMode === "inCluster" ? { pods: 1, volumes: 1 } : { pods: 1, volumes: 0 },
    ...(s.redisPasswordGeneration > 1 ? [{ pods: 1, volumes: 0 }] : []),
    ...(s.redisMetrics ? [{ pods: 1, volumes: 0 }] : []),
];
