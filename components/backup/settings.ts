import * as a from "../config/setting";
import { scheduleOrNever } from "../lib/schedule";
import { maxAge } from "./age";
import type { BackupArgs } from "./args";

/** What the pod of an operation asks for; its limits are settings. */
export const operationRequests = { cpu: "100m", memory: "128Mi" };

export const schema: a.Schema<BackupArgs> = {
    backupSchedule: a.text('never, or a cron schedule such as "15 2 * * *" or "@daily"', scheduleOrNever, {
        default: "15 2 * * *",
        example: "15 2 * * *",
    }),
    backupRetentionDays: a.integer(1, 3650, { default: 30, example: 30 }),
    backupMaxAgeHours: a.integer(0, 87_600, { default: (s) => maxAge(s.backupSchedule, 1, 2), example: 26 }),
    backupImage: a.image({ default: "", example: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" }),
    operationsDeadlineHours: a.integer(1, 168, { default: 6, example: 24 }),
    operationsCpuLimit: a.cpuAtLeast(operationRequests.cpu, { default: "1", example: "4" }),
    operationsMemoryLimit: a.size("256Mi", { default: "512Mi", example: "1Gi" }),
};
