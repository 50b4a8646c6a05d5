/** Cron schedules as Kubernetes takes them. */

const days = "(?:[0-6]|sun|mon|tue|wed|thu|fri|sat)";
const months = "(?:1[0-2]|0?[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
const fields = ["[0-5]?\\d", "(?:2[0-3]|[01]?\\d)", "(?:3[01]|[12]\\d|0?[1-9])", months, days];

/** A list of values, ranges and steps. */
function field(value: string): string {
    const item = `(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/[1-9]\\d*)?`;
    return `${item}(?:,${item})*`;
}

const cron = `@(?:hourly|daily|weekly|monthly)|${fields.map(field).join(" +")}`;

export const schedule = new RegExp(`^(?:${cron})$`, "i");
export const scheduleOrNever = new RegExp(`^(?:never|${cron})$`, "i");

/** The same as CloudNativePG takes it: with seconds before the minutes. */
export const withSeconds = (given: string): string => (given.startsWith("@") ? given : `0 ${given}`);

const words: Record<string, string> = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
};
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The values that a field stands for, in order. */
function values(text: string, least: number, most: number, named: string[] = []): number[] {
    const number = (value: string) => {
        const index = named.indexOf(value.toLowerCase());
        return index < 0 ? Number(value) : index + least;
    };
    const found = new Set<number>();
    for (const item of text.split(",")) {
        const [range, step] = item.split("/") as [string, string | undefined];
        const [low, high] = range === "*" ? [least, most] : range.split("-").map(number);
        const last = high ?? (step === undefined ? low! : most);
        for (let value = low!; value <= last; value += Number(step ?? 1)) found.add(value);
    }
    return [...found].sort((a, b) => a - b);
}

/** Nine years hold every distance of leap days but the one over a year 2100. */
const daysAhead = 9 * 366;
const dayMs = 24 * 3600 * 1000;

/** The longest time between two runs of a schedule, in hours; 0 where there are no two: never, or the 30th of February. */
export function longestPauseHours(text: string): number {
    if (text === "never") return 0;
    const [minute, hour, day, month, weekday] = (words[text.toLowerCase()] ?? text).split(/ +/) as [
        string,
        string,
        string,
        string,
        string,
    ];
    const times = values(hour, 0, 23).flatMap((h) => values(minute, 0, 59).map((m) => h * 60 + m));
    const days = values(day, 1, 31);
    const months = values(month, 1, 12, monthNames);
    const weekdays = values(weekday, 0, 6, dayNames);
    // Where both days are restricted, either will do.
    const restricted = day !== "*" && weekday !== "*";
    const isRunOn = (date: Date) => {
        const [byDay, byWeekday] = [days.includes(date.getUTCDate()), weekdays.includes(date.getUTCDay())];
        return months.includes(date.getUTCMonth() + 1) && (restricted ? byDay || byWeekday : byDay && byWeekday);
    };

    let longest = 0;
    let last: number | undefined;
    for (let ahead = 0; ahead < daysAhead; ahead++) {
        if (!isRunOn(new Date(Date.UTC(2024, 0, 1) + ahead * dayMs))) continue;
        for (const time of times) {
            const now = ahead * 24 * 60 + time;
            longest = Math.max(longest, last === undefined ? 0 : now - last);
            last = now;
        }
    }
    return longest / 60;
}
