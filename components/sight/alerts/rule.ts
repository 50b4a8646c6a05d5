// What an alert is, and what Prometheus is told of it.
import type { Resolved } from "../../parts";
import { inNamespace } from "../series";

/** critical: somebody is woken. warning: somebody looks at it the next working day. */
export type Severity = "critical" | "warning";

export interface Alert {
    alert: string;
    severity: Severity;
    expr: string;
    /** How long it must be so; absent where the expression itself looks back. */
    for?: string;
    summary: string;
    /** What is the case, and what to do first. */
    description: string;
    /** A page of docs/runbooks, and a part of it: page.md#part. */
    runbook: string;
}

/** A rule of Prometheus, as its rule files and the PrometheusRule hold it. */
export type Rule = AlertRule | RecordingRule;

export interface AlertRule {
    alert: string;
    expr: string;
    for?: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
}

export interface RecordingRule {
    record: string;
    expr: string;
    labels?: Record<string, string>;
}

export interface RuleGroup {
    name: string;
    /** Between two evaluations; absent: as Prometheus does by itself. */
    interval?: string;
    rules: Rule[];
}

/** The alerts of one subject. */
export interface Topic {
    name: string;
    title: string;
    /** The settings without which it has none, in words. */
    needs?: string;
    interval?: string;
    records?: (s: Resolved) => RecordingRule[];
    /** None where the settings make them impossible. */
    alerts: (s: Resolved) => Alert[];
}

/** The alert as a rule. It has the label namespace even where absent() finds no labels. */
export function alertRule(s: Resolved, alert: Alert): AlertRule {
    const { alert: name, severity, expr, for: lasting, summary, description, runbook } = alert;
    return {
        alert: name,
        expr,
        ...(lasting === undefined ? {} : { for: lasting }),
        labels: { severity, namespace: s.namespace },
        annotations: { summary, description, runbook_url: `${s.runbooksUrl || "docs/runbooks"}/${runbook}` },
    };
}

/** A series of this stack alone. */
export const series = (s: Resolved, metric: string, more = "") =>
    `${metric}{${inNamespace(s.namespace)}${more === "" ? "" : `,${more}`}}`;
