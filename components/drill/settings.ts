import { maxAge } from "../backup/age";
import * as a from "../config/setting";
import { scheduleOrNever, weeklyAfter } from "../lib/schedule";
import type { DrillArgs } from "./args";

export const schema: a.Schema<DrillArgs> = {
    drillSchedule: a.text('never, or a cron schedule such as "15 8 * * 0" or "@weekly"', scheduleOrNever, {
        default: (s) => weeklyAfter(s.backupSchedule, s.operationsDeadlineHours) ?? "15 8 * * 0",
        example: "15 8 * * 0",
    }),
    drillMaxAgeDays: a.integer(0, 3650, { default: (s) => maxAge(s.drillSchedule, 24, 1), example: 8 }),
    drillStorageSize: a.size("512Mi", { default: (s) => s.postgresStorageSize, example: "20Gi" }),
};
