// By what a new version is judged: the requests that its own pods have answered, as Prometheus knows them.
import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import { names as app } from "../app/names";
import type { Cluster } from "../lib/scope";
import type { Resolved } from "../parts";
import { names } from "./names";

/** What a scrape comes too late for, and measurements that come one after the other. */
const lateSeconds = 30;

export const isJudged = ({ analysisPrometheus }: Pick<Resolved, "analysisPrometheus">) => analysisPrometheus !== "";

/** Between measurements, so that a bad version is seen long before the end. */
const intervalSeconds = (seconds: number) => Math.max(5, Math.min(30, Math.floor(seconds / 6)));

/** An analysis that goes on for so many seconds, as a step of a canary or as an analysis of blue-green. */
export function analysis(seconds: number): object {
    const interval = intervalSeconds(seconds);
    const count = Math.ceil(seconds / interval);
    const value = (name: string, text: string) => ({ name, value: text });
    return {
        templates: [{ templateName: names.analysis }],
        args: [
            { name: "version", valueFrom: { podTemplateHashValue: "Latest" } },
            value("window", `${seconds + lateSeconds}s`),
            value("interval", `${interval}s`),
            value("count", String(count)),
            value("end", `${count * interval}s`),
        ],
    };
}

/** What the probes of Kubernetes and the scrapes of Prometheus ask for says nothing of the app. */
const own = "(/health|/actuator)(/.*)?";

/**
 * How much a counter of the new version's pods has grown within the window. One that is not as old has grown by all that it holds, as has
 * one that began anew with its container: rate and increase leave out what came before the first scrape, which of a canary is most.
 */
function growth({ namespace }: Resolved, metric: string, more = ""): string {
    const labels = `namespace="${namespace}",pod=~"${app.app}-{{args.version}}-.+",uri!~"${own}"${more}`;
    const counter = `http_server_requests_seconds_${metric}{${labels}}`;
    return `((${counter} - ${counter} offset {{args.window}}) >= 0 or ${counter})`;
}

const total = (s: Resolved, more = "") => `(sum(${growth(s, "count", more)}) or vector(0))`;

/** With too few requests nothing is found; that they were too few is found at the end. */
const ifEnough = (s: Resolved, query: string) => `(${query} and ${total(s)} >= ${s.analysisMinRequests}) or vector(0)`;

/** Each finds one number, so that no answer of Prometheus without one is a success. */
function metrics(s: Resolved): object[] {
    const often = { initialDelay: "{{args.interval}}", interval: "{{args.interval}}", count: "{{args.count}}" };
    const errors = `100 * ${total(s, ',status=~"5.."')} / ${total(s)}`;
    const p95 = `1000 * histogram_quantile(0.95, sum by (le) (${growth(s, "bucket")}))`;
    const metric = (name: string, when: object, successCondition: string, query: string) => ({
        name,
        ...when,
        successCondition,
        provider: { prometheus: { address: s.analysisPrometheus, query } },
    });
    return [
        metric("error-percent", often, `result[0] <= ${s.analysisMaxErrorPercent}`, ifEnough(s, errors)),
        metric("p95-milliseconds", often, `result[0] <= ${s.analysisMaxP95Milliseconds}`, ifEnough(s, p95)),
        metric("requests", { initialDelay: "{{args.end}}" }, `result[0] >= ${s.analysisMinRequests}`, total(s)),
    ];
}

/** The values are those of an analysis of a minute: the controller checks a template before it is used. */
export const createAnalysis = ({ settings, child, metadata, options }: Cluster) =>
    new apiextensions.CustomResource(
        child("analysis"),
        {
            apiVersion: "argoproj.io/v1alpha1",
            kind: "AnalysisTemplate",
            metadata: metadata(names.analysis),
            spec: {
                args: [
                    { name: "version" },
                    { name: "window", value: "90s" },
                    { name: "interval", value: "10s" },
                    { name: "count", value: "6" },
                    { name: "end", value: "60s" },
                ],
                metrics: metrics(settings),
            },
        },
        options(),
    );
