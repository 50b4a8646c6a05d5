import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";

/** CloudNativePG runs a job beside its instances when it makes a new one. */
export function demands(s: Resolved): Demand[] {
    if (s.postgresMode === "external") return [];
    return [{ pods: s.postgresInstances + 1, volumes: s.postgresInstances + 1 }];
}
