// docs/alerts.md: every alert, from the rules themselves.
import type { Alert, Topic } from "../../components/sight/alerts/rule";
import { everyAlert } from "../lib/every-alert";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** What stands for a value or a label that is known only when it fires. */
const inWords = (text: string) =>
    text
        .replaceAll(/\{\{ \$value \|[^}]*\}\}|\{\{ \$value \}\}/g, "*N*")
        .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => `*${label}*`);

function row({ alert, severity, summary, description, for: lasting, runbook }: Alert): string {
    const cells = [
        `\`${alert}\``,
        severity,
        `${summary}. ${inWords(description)}`,
        lasting ?? "",
        `[${runbook}](runbooks/${runbook})`,
    ];
    return `| ${cells.map(cell).join(" | ")} |`;
}

function section({ topic, alerts }: { topic: Topic; alerts: Alert[] }): string {
    const needs = topic.needs === undefined ? "" : `${topic.needs}.\n\n`;
    const head = "| alert | severity | when | for | runbook |\n| --- | --- | --- | --- | --- |";
    return `## ${topic.title}\n\n${needs}${head}\n${alerts.map(row).join("\n")}\n`;
}

export function alertsPage(): string {
    return `# Alerts

What Prometheus is told to look for. With \`metricsScrape\` \`prometheusOperator\` the stack makes them as a PrometheusRule; for a Prometheus
without the operator, \`make alerts STACK=prod\` prints them as a rule file. Each stack has only those that its settings make possible, and
each of them looks at its own namespace alone. \`critical\` is for somebody who is woken, \`warning\` for the next working day. This page
is made from the rules by \`make docs\`; numbers and names are those of a stack like prod.

Objectives are settings: \`availabilityObjectivePercent\`, \`latencyObjectivePercent\`, \`latencyObjectiveMilliseconds\`. How fast they are used up
is counted as [runbooks/slo.md](runbooks/slo.md) says.

${everyAlert.map(section).join("\n")}`;
}
