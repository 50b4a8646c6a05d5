import * as a from "../config/setting";
import { schedule } from "../lib/schedule";
import type { ArchiveArgs } from "./args";

/** What the sidecar of an instance asks for; its limits are settings. */
export const sidecarRequests = { cpu: "50m", memory: "128Mi" };

export const schema: a.Schema<ArchiveArgs> = {
    postgresArchive: a.flag({
        default: (s) => s.environment === "prod" && s.postgresMode === "managed",
        example: true,
    }),
    archiveSchedule: a.text('a cron schedule such as "45 1 * * *" or "@daily"', schedule, {
        default: "45 1 * * *",
        example: "45 1 * * *",
    }),
    archiveRetentionDays: a.integer(1, 3650, { default: 30, example: 30 }),
    archiveTimeoutSeconds: a.integer(10, 86_400, { default: 300, example: 60 }),
    archiveCpuLimit: a.cpuAtLeast(sidecarRequests.cpu, { default: "1", example: "2" }),
    archiveMemoryLimit: a.size("256Mi", { default: "1Gi", example: "2Gi" }),
};
