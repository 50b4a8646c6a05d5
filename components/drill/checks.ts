import { tooSoon } from "../backup/age";
import type { Resolved } from "../parts";

export const checks = (s: Resolved) => tooSoon(s, "drillMaxAgeDays", 24, "days", "drillSchedule");
