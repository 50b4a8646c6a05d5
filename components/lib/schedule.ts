/** Cron schedules as Kubernetes takes them. */
import { CronPattern } from "croner";

const days = "(?:[0-6]|sun|mon|tue|wed|thu|fri|sat)";
const months = "(?:1[0-2]|0?[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
const fields = ["[0-5]?\\d", "(?:2[0-3]|[01]?\\d)", "(?:3[01]|[12]\\d|0?[1-9])", months, days];

/** A list of values, ranges and steps. */
function field(value: string): string {
    const item = `(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/[1-9]\\d*)?`;
    return `${item}(?:,${item})*`;
}

/** Upper case or lower: names of months and days in either, those of schedules in lower case alone. */
const inFields = new RegExp(`^${fields.map(field).join(" +")}$`, "i");
const named = /^@(?:hourly|daily|weekly|monthly)$/;

const isSchedule = (text: string): boolean => (named.test(text) || inFields.test(text)) && parsed(text) !== undefined;

export const schedule = { test: isSchedule };
export const scheduleOrNever = { test: (text: string) => text === "never" || isSchedule(text) };

/** The same as CloudNativePG takes it: with seconds before the minutes. */
export const withSeconds = (given: string): string => (given.startsWith("@") ? given : `0 ${given}`);

/** undefined where a range ends before it begins, which the syntax does not tell. */
function parsed(text: string): CronPattern | undefined {
    try {
        return new CronPattern(forLibrary(text), "UTC", { sloppyRanges: true });
    } catch {
        return undefined;
    }
}

const fieldSizes = [60, 24, 31, 12, 7];

/** The same schedule, without what the library reads in another way than Kubernetes. */
function forLibrary(text: string): string {
    // A step beyond the end of a field leaves its first value; the library refuses it.
    const bounded = text
        .split(/ +/)
        .map((part, index) =>
            part.replace(/(?<=\/)\d+/g, (step) => String(Math.min(Number(step), fieldSizes[index]!))),
        );
    // Sunday is the first day, also at the end of a range.
    return bounded.join(" ").replace(/-sun/gi, "-0");
}

/** Nine years hold every distance of leap days but the one over a year 2100. */
const daysAhead = 9 * 366;
const dayMinutes = 24 * 60;

const pauses = new Map<string, number>();

/** The longest time between two runs of a schedule, in hours; 0 where there are no two: never, or the 30th of February. Looked for once. */
export function longestPauseHours(text: string): number {
    const pause = pauses.get(text) ?? findLongestPause(text);
    pauses.set(text, pause);
    return pause;
}

function findLongestPause(text: string): number {
    const pattern = parsed(text);
    if (pattern === undefined) return 0;
    const days = Array.from({ length: daysAhead }, (_, day) => day).filter((day) => runsOn(pattern, day));
    if (days.length === 0) return 0;
    const times = set(pattern.hour).flatMap((hour) => set(pattern.minute).map((minute) => hour * 60 + minute));
    const fromLastToFirst = dayMinutes - (Math.max(...times) - Math.min(...times));
    const overNight = gaps(days).map((distance) => (distance - 1) * dayMinutes + fromLastToFirst);
    return Math.max(...gaps(times), ...overNight) / 60;
}

/** Once a week, so many hours after the run on Sunday of a schedule that runs once a day; undefined for any other. */
export function weeklyAfter(daily: string, hours: number): string | undefined {
    const pattern = parsed(daily);
    if (pattern === undefined || longestPauseHours(daily) !== 24) return undefined;
    const hour = set(pattern.hour)[0]! + hours;
    return `${set(pattern.minute)[0]!} ${hour % 24} * * ${Math.floor(hour / 24) % 7}`;
}

/** Whether it runs on a day, counted from the first of 2024. */
function runsOn({ day, month, dayOfWeek, starDOM, starDOW }: CronPattern, ahead: number): boolean {
    const date = new Date(Date.UTC(2024, 0, 1 + ahead));
    const byDay = day[date.getUTCDate() - 1]! > 0;
    const byWeekday = dayOfWeek[date.getUTCDay()]! > 0;
    // Where both days are restricted, either will do.
    const either = !starDOM && !starDOW;
    return month[date.getUTCMonth()]! > 0 && (either ? byDay || byWeekday : byDay && byWeekday);
}

/** The values that a field holds, of one number for each possible value. */
const set = (field: number[]) => [...field.keys()].filter((value) => field[value]);

const gaps = (sorted: number[]) => sorted.slice(1).map((value, index) => value - sorted[index]!);
