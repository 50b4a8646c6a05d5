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
