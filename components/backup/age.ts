// How old a backup or a drill may be, by its schedule. Pure.
import { type Problem, shown } from "../config/error";
import { longestPauseHours } from "../lib/schedule";
import type { Resolved } from "../parts";

/** The longest pause of a schedule and some more, in units of so many hours; 0 without a schedule. */
export function maxAge(schedule: string, hours: number, more: number): number {
    const pause = longestPauseHours(schedule);
    return pause === 0 ? 0 : Math.ceil(pause / hours) + more;
}

/** An age that is reached between two runs would be reported each time. */
export function tooSoon(
    s: Resolved,
    key: "backupMaxAgeHours" | "drillMaxAgeDays",
    hours: number,
    unit: string,
    schedule: "backupSchedule" | "drillSchedule",
): Problem[] {
    const pause = Math.ceil(longestPauseHours(s[schedule]) / hours);
    if (s[key] === 0 || s[key] > pause || pause === 0) return [];
    return [
        {
            key,
            also: [schedule],
            got: `${s[key]} ${unit}, with ${schedule} ${shown(s[schedule])}`,
            allowed: `more than its longest pause, ${pause} ${unit}; or 0 for any age`,
            fix: `raise it, remove it, or let ${schedule} run more often`,
        },
    ];
}
