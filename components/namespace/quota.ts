import type { Demand } from "../lib/demand";

/**
 * What may exist beside what the settings ask for. While they change, what was made by the old ones counts too: as many pods of the app
 * as appMaxReplicas can be, 100, and as many instances as postgresInstances can be, 9, with some that come or go.
 */
const headRoom = { pods: 120, volumes: 20 };

/**
 * What the namespace may hold. Numbers of things only: CPU and memory would have to be summed up over pods that this stack does not
 * know, such as those of earlier settings and the sidecars of a mesh. Pure.
 */
export function quota(demands: Demand[]): Record<string, string> {
    const sum = (of: keyof Demand) => demands.reduce((total, demand) => total + demand[of], headRoom[of]);
    return { pods: String(sum("pods")), persistentvolumeclaims: String(sum("volumes")) };
}
