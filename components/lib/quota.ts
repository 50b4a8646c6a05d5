import type { Resolved } from "../resolve";
import { archiveSource } from "./restore-source";
import { mostPods } from "./rollout";
import { bytes, formatBytes, formatMillicores, millicores } from "./units";

/** Redis is one pod of fixed CPU. */
export const redisCpu = { request: "50m", limit: "500m" } as const;

/** The changes of the database are made by one pod of fixed size; what fills a new database is over before it. */
export const migrationsSize = { cpuRequest: "100m", cpuLimit: "1", memory: "512Mi" } as const;

/** A backup and a restore are one pod each, of fixed size. What stands before a recovery is over before there is a database for either. */
export const operationSize = {
    cpuRequest: "100m",
    cpuLimit: "1",
    memoryRequest: "128Mi",
    memoryLimit: "512Mi",
} as const;

/** What archives runs beside PostgreSQL, in its pod. */
export const archiveSize = {
    cpuRequest: "50m",
    cpuLimit: "1",
    memoryRequest: "128Mi",
    memoryLimit: "512Mi",
} as const;

/** The exporter of the backups' metrics, one pod. */
export const metricsSize = {
    cpuRequest: "10m",
    cpuLimit: "250m",
    memoryRequest: "96Mi",
    memoryLimit: "192Mi",
} as const;

/** Finished drills that are kept, of each end. The volume of one goes with its pod, so there are as many, and that of a running one. */
export const drillsKept = 1;

interface Demand {
    pods: number;
    cpuRequest: string;
    cpuLimit: string;
    memoryRequest: string;
    memoryLimit: string;
    volumes: number;
    storage: string;
}

/**
 * What the namespace may use: every pod that can exist at once. CloudNativePG runs a job beside its instances when it makes
 * a new one.
 */
export function quota(s: Resolved): Record<string, string> {
    const demands: Demand[] = [
        {
            pods: mostPods(s),
            cpuRequest: s.appCpuRequest,
            cpuLimit: s.appCpuLimit,
            memoryRequest: s.appMemoryRequest,
            memoryLimit: s.appMemoryLimit,
            volumes: 0,
            storage: "0",
        },
        {
            pods: 1,
            cpuRequest: migrationsSize.cpuRequest,
            cpuLimit: migrationsSize.cpuLimit,
            memoryRequest: migrationsSize.memory,
            memoryLimit: migrationsSize.memory,
            volumes: 0,
            storage: "0",
        },
        { pods: 2, ...operationSize, volumes: 0, storage: "0" },
        { pods: 1, ...operationSize, volumes: 1 + 2 * drillsKept, storage: s.drillStorageSize },
        { pods: 1, ...metricsSize, volumes: 0, storage: "0" },
    ];
    if (s.postgresMode === "managed") {
        demands.push({
            pods: s.postgresInstances + 1,
            cpuRequest: s.postgresCpuRequest,
            cpuLimit: s.postgresCpuLimit,
            memoryRequest: s.postgresMemory,
            memoryLimit: s.postgresMemory,
            volumes: s.postgresInstances + 1,
            storage: s.postgresStorageSize,
        });
    }
    if (s.redisMode === "inCluster") {
        demands.push({
            pods: 1,
            cpuRequest: redisCpu.request,
            cpuLimit: redisCpu.limit,
            memoryRequest: s.redisMemory,
            memoryLimit: s.redisMemory,
            volumes: 1,
            storage: s.redisStorageSize,
        });
    }
    // They stand in pods that are counted already.
    const sidecars: Demand = { pods: archiveSidecars(s), ...archiveSize, volumes: 0, storage: "0" };
    const sum = (of: (demand: Demand) => number, among = [...demands, sidecars]) =>
        among.reduce((total, demand) => total + of(demand), 0);
    return {
        pods: String(sum((d) => d.pods, demands)),
        "requests.cpu": formatMillicores(sum((d) => d.pods * millicores(d.cpuRequest)!)),
        "limits.cpu": formatMillicores(sum((d) => d.pods * millicores(d.cpuLimit)!)),
        "requests.memory": formatBytes(sum((d) => d.pods * bytes(d.memoryRequest)!)),
        "limits.memory": formatBytes(sum((d) => d.pods * bytes(d.memoryLimit)!)),
        persistentvolumeclaims: String(sum((d) => d.volumes)),
        "requests.storage": formatBytes(sum((d) => d.volumes * bytes(d.storage)!)),
    };
}

/** Each instance has one; and so has the job that recovers the first of them, while there is none yet. */
function archiveSidecars(s: Resolved): number {
    return Math.max(s.postgresArchive ? s.postgresInstances : 0, archiveSource(s) ? 1 : 0);
}
