import type { Demand } from "../lib/demand";
import type { Resolved } from "../parts";

/** CloudNativePG runs a job beside its instances when it makes a new one, and an update runs one that waits for them. */
export function demands(s: Resolved): Demand[] {
    if (s.postgresMode === "external") return [];
    return [{ pods: s.postgresInstances + 2, volumes: s.postgresInstances + 1 }];
}
