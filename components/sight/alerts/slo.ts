// Availability and latency as objectives over 30 days. What alerts is the pace at which the errors that they allow are used up.
import type { Resolved } from "../../parts";
import { inNamespace, requests } from "../series";
import { type Alert, type RecordingRule, series, type Severity, type Topic } from "./rule";

/** So many failures are too few to wake anybody, whatever share of the requests they are: with one of ten at night nothing is wrong. */
const leastFailures = 10;

/** Between two evaluations, so that a sum over recorded rates counts requests. */
const stepSeconds = 60;

interface Objective {
    name: "availability" | "latency";
    /** The share of requests that may fail. */
    allowed: number;
    /** What is wrong with a request that does, for people. */
    wrong: string;
    /** The same of the share that does. */
    share: string;
    runbook: string;
}

interface Pace {
    severity: Severity;
    /** Over which time it is measured; and over which shorter one, so that the alert clears soon after the cause has gone. */
    windows: [long: string, short: string];
    /** 1 uses up in 30 days what is allowed for 30 days. */
    burn: number;
}

const paces: Pace[] = [
    { severity: "critical", windows: ["1h", "5m"], burn: 14.4 },
    { severity: "critical", windows: ["6h", "30m"], burn: 6 },
    { severity: "warning", windows: ["1d", "2h"], burn: 3 },
    { severity: "warning", windows: ["3d", "6h"], burn: 1 },
];

/** Beside those of the alerts, what the dashboard shows as used up. */
const windows = ["30m", "1h", "2h", "6h", "1d", "3d", "30d"];

/** Without the noise of binary fractions. */
const plain = (value: number) => Number(value.toPrecision(6));

const objectives = (s: Resolved): Objective[] => [
    {
        name: "availability",
        allowed: plain(1 - s.availabilityObjectivePercent / 100),
        wrong: "with an error",
        share: "of the requests end with a status 5xx",
        runbook: "slo.md#errors",
    },
    {
        name: "latency",
        allowed: plain(1 - s.latencyObjectivePercent / 100),
        wrong: "late",
        share: `of the requests take longer than ${s.latencyObjectiveMilliseconds} ms`,
        runbook: "slo.md#slow-answers",
    },
];

/** The bucket of the objective. Some write a whole number of seconds as 1, others as 1.0. */
export function latencyBucket({ latencyObjectiveMilliseconds }: Resolved): string {
    const seconds = String(latencyObjectiveMilliseconds / 1000);
    return `le=~"${seconds.replace(".", "\\\\.")}${seconds.includes(".") ? "" : "(\\\\.0)?"}"`;
}

const all = "justdb:requests:rate5m";
const failures = ({ name }: Objective) => `justdb:${name}_failures:rate5m`;
const ratio = ({ name }: Objective, window: string) => `justdb:${name}_failures:ratio_${window}`;

function records(s: Resolved): RecordingRule[] {
    const own = inNamespace(s.namespace);
    const rate = (suffix: "count" | "bucket", more = "") =>
        `sum by (namespace) (rate(${requests(own, suffix, more)}[5m]))`;
    const failing = {
        // There is no series of errors before the first one.
        availability: `${rate("count", ',status=~"5.."')} or 0 * ${series(s, all)}`,
        latency: `${series(s, all)} - ${rate("bucket", `,${latencyBucket(s)}`)}`,
    };
    return [
        { record: all, expr: rate("count") },
        ...objectives(s).flatMap((objective) => [
            {
                record: `justdb:${objective.name}_objective:ratio`,
                expr: `vector(${plain(1 - objective.allowed)})`,
                labels: { namespace: s.namespace },
            },
            { record: failures(objective), expr: failing[objective.name] },
            { record: ratio(objective, "5m"), expr: `${series(s, failures(objective))} / ${series(s, all)}` },
            ...windows.map((window) => ({
                record: ratio(objective, window),
                expr: `${sumOver(s, failures(objective), window)} / ${sumOver(s, all, window)}`,
            })),
        ]),
    ];
}

const sumOver = (s: Resolved, metric: string, window: string) => `sum_over_time(${series(s, metric)}[${window}])`;

/** Undefined where even a service that fails at every request is not as fast. */
function burns(s: Resolved, objective: Objective, severity: Severity): string | undefined {
    const terms = paces
        .filter((pace) => pace.severity === severity && pace.burn * objective.allowed < 1)
        .map(({ windows: [long, short], burn }) => {
            const fast = [long, short].map(
                (window) => `${series(s, ratio(objective, window))} > ${plain(burn * objective.allowed)}`,
            );
            const enough = `${stepSeconds} * ${sumOver(s, failures(objective), long)} >= ${leastFailures}`;
            return `(${[...fast, enough].join("\nand ")})`;
        });
    return terms.length === 0 ? undefined : terms.join("\nor ");
}

/** Of both severities; no rule where no pace can be reached. */
function burning(s: Resolved, objective: Objective): Alert[] {
    const { name, wrong, share, runbook } = objective;
    const subject = name === "availability" ? "JustDbAvailability" : "JustDbLatency";
    const [critical, warning] = [burns(s, objective, "critical"), burns(s, objective, "warning")];
    const fast = (expr: string): Alert => ({
        alert: `${subject}BurnsFast`,
        severity: "critical",
        expr,
        summary: `JustDB Cloud answers many requests ${wrong}`,
        description: `{{ $value | humanizePercentage }} ${share}. At this pace what is allowed for 30 days is used up within days, or hours. Look first whether another alert names the cause.`,
        runbook,
    });
    const slowly = (expr: string): Alert => ({
        alert: `${subject}BurnsSlowly`,
        severity: "warning",
        expr,
        summary: `JustDB Cloud has long answered too many requests ${wrong}`,
        description: `For a day or more, {{ $value | humanizePercentage }} ${share}. At this pace what is allowed for 30 days is used up before they are over. Find out first which requests it is.`,
        runbook,
    });
    return [...(critical === undefined ? [] : [fast(critical)]), ...(warning === undefined ? [] : [slowly(warning)])];
}

const alerts = (s: Resolved): Alert[] => objectives(s).flatMap((objective) => burning(s, objective));

export const slo: Topic = {
    name: "slo",
    title: "Service level objectives",
    interval: `${stepSeconds}s`,
    records,
    alerts,
};
