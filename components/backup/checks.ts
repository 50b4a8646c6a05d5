import type { Resolved } from "../parts";
import { tooSoon } from "./age";

export const checks = (s: Resolved) => tooSoon(s, "backupMaxAgeHours", 1, "hours", "backupSchedule");
