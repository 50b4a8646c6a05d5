import { names } from "../../app/names";
import type { Resolved } from "../../parts";
import { latencyBucket } from "./slo";
import { type Alert, series, type Topic } from "./rule";

/** Of a Deployment or a Rollout, as it names them: by its own name, the version and five letters. */
const pods = `pod=~"${names.app}-[a-z0-9]+-[a-z0-9]{5}"`;

/** What the app tells of itself has its name as a label: application.yml says so. */
const told = (s: Resolved, metric: string, more = "") =>
    series(s, metric, `application="${names.app}"${more === "" ? "" : `,${more}`}`);

const scraped = (s: Resolved) => `${series(s, "up", pods)} == 1`;

/** Of the answers to the readiness probe, the share that says no, by pod. */
function notReady(s: Resolved): string {
    const answers = (more: string) =>
        `sum by (namespace, pod) (rate(${told(s, "http_server_requests_seconds_count", `uri="/health/ready"${more}`)}[5m]))`;
    return `(${answers(',status="503"')} or 0 * ${answers("")}) / ${answers("")}`;
}

/** What a pod tells from its first answer on. */
const sources = (s: Resolved) => [
    told(s, "http_server_requests_seconds_bucket", latencyBucket(s)),
    told(s, "hikaricp_connections_pending"),
    told(s, "jvm_gc_live_data_size_bytes"),
    told(s, "process_start_time_seconds"),
];

const alerts = (s: Resolved): Alert[] => [
    {
        alert: "JustDbAppDown",
        severity: "critical",
        expr: `absent(${scraped(s)})`,
        for: "2m",
        summary: "No pod of JustDB Cloud answers",
        description:
            "Prometheus reaches no pod of the app: there is none, none has started, or none lets Prometheus in. Look first whether clients are served.",
        runbook: "app.md#down",
    },
    ...(s.appReplicas > 1
        ? [
              {
                  alert: "JustDbAppPodsMissing",
                  severity: "warning" as const,
                  // Whoever scrapes them twice does not make them more.
                  expr: `count(max by (namespace, pod) (${scraped(s)})) < ${s.appReplicas}`,
                  for: "15m",
                  summary: "JustDB Cloud runs with fewer pods than it should",
                  description: `{{ $value }} pods of the app answer, and appReplicas asks for ${s.appReplicas}. Look first at the pods, and at the events of the namespace.`,
                  runbook: "app.md#pods-missing",
              },
          ]
        : []),
    {
        alert: "JustDbAppNotReady",
        severity: "critical",
        expr: `min by (namespace) (${notReady(s)}) > 0.5`,
        for: "1m",
        summary: "No pod of JustDB Cloud is ready",
        description:
            "Each pod of the app says that it cannot reach PostgreSQL or Redis, so no request is sent to any. Look first at these two.",
        runbook: "app.md#not-ready",
    },
    {
        alert: "JustDbAppPodNotReady",
        severity: "warning",
        expr: `${notReady(s)} > 0.5`,
        for: "10m",
        summary: "A pod of JustDB Cloud is not ready",
        description:
            "Pod {{ $labels.pod }} says that it cannot reach PostgreSQL or Redis, so no request is sent to it. Look first whether other pods say the same.",
        runbook: "app.md#not-ready",
    },
    {
        alert: "JustDbAppRestarts",
        severity: "warning",
        expr: `sum by (namespace) (changes(${told(s, "process_start_time_seconds")}[1h])) > 1`,
        summary: "Pods of JustDB Cloud are restarted again and again",
        description:
            "Containers of the app have been restarted {{ $value }} times within an hour. Look first at the reason of the last restart: memory, or a liveness probe without an answer.",
        runbook: "app.md#restarts",
    },
    {
        alert: "JustDbAppPoolExhausted",
        severity: "critical",
        expr: `sum by (namespace) (increase(${told(s, "hikaricp_connections_timeout_total")}[5m])) > 0`,
        for: "1m",
        summary: "Requests to JustDB Cloud fail, as they get no connection to the database",
        description:
            "{{ $value | humanize }} requests within 5 minutes waited 30 seconds for a connection, and failed. Look first at what the connections wait for in PostgreSQL.",
        runbook: "app.md#connection-pool",
    },
    {
        alert: "JustDbAppPoolPending",
        severity: "warning",
        expr: `${told(s, "hikaricp_connections_pending")} > 0`,
        for: "5m",
        summary: "Requests to JustDB Cloud wait for a connection to the database",
        description:
            "In pod {{ $labels.pod }} all connections of the pool have been in use for 5 minutes, and {{ $value }} requests wait for one. Look first at what the connections wait for in PostgreSQL.",
        runbook: "app.md#connection-pool",
    },
    {
        alert: "JustDbAppMemory",
        severity: "warning",
        // What is left after a collection: before one, the memory of a good pod is full as well.
        expr: `${told(s, "jvm_gc_live_data_size_bytes")} / ${told(s, "jvm_gc_max_data_size_bytes")} > 0.9`,
        for: "15m",
        summary: "The memory of JustDB Cloud is nearly used up",
        description:
            "In pod {{ $labels.pod }} {{ $value | humanizePercentage }} of the heap are still in use after garbage was collected. Look first whether the load has grown.",
        runbook: "app.md#memory",
    },
    {
        alert: "JustDbAppGarbageCollection",
        severity: "warning",
        expr: `sum by (namespace, pod) (rate(${told(s, "jvm_gc_pause_seconds_sum")}[5m])) > 0.1`,
        for: "10m",
        summary: "JustDB Cloud spends its time collecting garbage",
        description:
            "Pod {{ $labels.pod }} stands still for {{ $value | humanizePercentage }} of the time to collect garbage. Look first at its memory.",
        runbook: "app.md#memory",
    },
    {
        alert: "JustDbAppQueueFilling",
        severity: "warning",
        expr: `${told(s, "executor_queued_tasks")} / (${told(s, "executor_queued_tasks")} + ${told(s, "executor_queue_remaining_tasks")}) > 0.8`,
        for: "5m",
        summary: "The queue of JustDB Cloud's executions is nearly full",
        description:
            "In pod {{ $labels.pod }} the queue is filled to {{ $value | humanizePercentage }}, and what comes when it is full is refused. Look first at what the executions wait for.",
        runbook: "app.md#queue",
    },
    {
        alert: "JustDbAppMetricsAbsent",
        severity: "warning",
        expr: sources(s)
            .map((source) => `absent(${source})`)
            .join("\nor "),
        for: "15m",
        summary: "Nobody tells how JustDB Cloud does",
        description:
            "Metrics of the app that other alerts go by are missing in Prometheus, so these alerts are blind. Look first at Prometheus' page of targets.",
        runbook: "app.md#no-metrics",
    },
];

export const app: Topic = { name: "app", title: "App", alerts };
