import { names } from "../../database/names";
import { roleNames } from "../../database/roles";
import { bytes } from "../../lib/units";
import type { Resolved } from "../../parts";
import { inNamespace } from "../series";
import { type Alert, type RecordingRule, series, type Topic } from "./rule";

/** Its pods alone: there may be other databases of CloudNativePG in the namespace. */
const instances = `pod=~"${names.cluster}-[0-9]+"`;

export const told = (s: Resolved, metric: string, more = "") =>
    series(s, metric, `${instances}${more === "" ? "" : `,${more}`}`);

/** Told only while PostgreSQL answers its instance manager. */
const isPrimary = (s: Resolved) => `${told(s, "cnpg_pg_replication_in_recovery")} == 0`;

const standbys = (s: Resolved) =>
    `${told(s, "cnpg_pg_replication_streaming_replicas")} and on (namespace, pod) (${isPrimary(s)})`;

/** Operations that hold one transaction for as long as they take. */
const lasting = `usename!~"${Object.values(roleNames).join("|")}"`;

const volumeUsed = "justdb:postgres_volume_used:ratio";

/**
 * How full the volume of each instance is, by its pod: its claim has the same name. Where nobody reads the kubelets, or the volumes are of a
 * kind that they do not measure, it is what PostgreSQL tells of databases and write-ahead log, of the size that was asked for.
 */
function records(s: Resolved): RecordingRule[] {
    if (!isManaged(s)) return [];
    const claims = `${inNamespace(s.namespace)},persistentvolumeclaim=~"${names.cluster}-[0-9]+"`;
    const kubelet = (metric: string) => `kubelet_volume_stats_${metric}_bytes{${claims}}`;
    const measured = `label_replace(1 - ${kubelet("available")} / ${kubelet("capacity")}, "pod", "$1", "persistentvolumeclaim", "(.+)")`;
    const databases = `sum by (namespace, pod) (${told(s, "cnpg_pg_database_size_bytes")})`;
    return [
        {
            record: volumeUsed,
            expr: `max by (namespace, pod) (${measured})\nor (${databases} + ${walSize(s)}) / ${bytes(s.postgresStorageSize)}`,
        },
    ];
}

const walSize = (s: Resolved) => `max by (namespace, pod) (${told(s, "cnpg_collector_pg_wal", 'value="size"')})`;

export const isManaged = (s: Resolved) => s.postgresMode === "managed";

const alerts = (s: Resolved): Alert[] => {
    if (!isManaged(s)) return [];
    return [
        {
            alert: "JustDbPostgresDown",
            severity: "critical",
            expr: `absent(${isPrimary(s)})`,
            for: "2m",
            summary: "PostgreSQL of JustDB Cloud is down",
            description:
                "No instance of PostgreSQL says that it is the primary and answers: nothing can be read or written. Look first at the phase of the Cluster.",
            runbook: "database.md#down",
        },
        ...(s.postgresInstances > 1 ? standbyAlerts(s) : []),
        {
            alert: "JustDbPostgresVolumeFull",
            severity: "critical",
            expr: `${series(s, volumeUsed)} > 0.9`,
            for: "5m",
            summary: "The volume of PostgreSQL is nearly full",
            description:
                "The volume of {{ $labels.pod }} is full to {{ $value | humanizePercentage }}. PostgreSQL stops when it is full: make room, or make it larger, now.",
            runbook: "full-volume.md#look",
        },
        {
            alert: "JustDbPostgresVolumeFilling",
            severity: "warning",
            expr: `${series(s, volumeUsed)} > 0.8\nor (${series(s, volumeUsed)} > 0.5 and predict_linear(${series(s, volumeUsed)}[6h], 86400) > 1)`,
            for: "15m",
            summary: "The volume of PostgreSQL is filling up",
            description:
                "The volume of {{ $labels.pod }} is full to {{ $value | humanizePercentage }}: to 80 %, or so fast that nothing is left within a day. Look first at what fills it.",
            runbook: "full-volume.md#look",
        },
        {
            alert: "JustDbPostgresWalFilling",
            severity: "warning",
            // A quarter is what a standby that is away keeps at most.
            expr: `${walSize(s)} > ${Math.floor(bytes(s.postgresStorageSize)! / 3)}`,
            for: "15m",
            summary: "The write-ahead log of PostgreSQL takes too much of its volume",
            description:
                "The write-ahead log of {{ $labels.pod }} has {{ $value | humanize1024 }}B, more than a third of the volume. It is kept until it is archived, or until a standby has it. Look first whether archiving fails.",
            runbook: "full-volume.md#look",
        },
        {
            alert: "JustDbPostgresTransactionTooLong",
            severity: "warning",
            expr: `max by (namespace, pod, usename) (${told(s, "cnpg_backends_max_tx_duration_seconds", lasting)}) > 900`,
            for: "5m",
            summary: "A transaction in PostgreSQL does not end",
            description:
                "A transaction of {{ $labels.usename }} in {{ $labels.pod }} has lasted for {{ $value | humanizeDuration }}. It may hold locks that others wait for. Look first whether migrations run.",
            runbook: "database.md#long-transaction",
        },
        {
            alert: "JustDbPostgresConnectionsHigh",
            severity: "warning",
            expr: `sum by (namespace, pod) (${told(s, "cnpg_backends_total")})\n/ max by (namespace, pod) (${told(s, "cnpg_pg_settings_setting", 'name="max_connections"')}) > 0.8`,
            for: "10m",
            summary: "PostgreSQL has nearly as many connections as it takes",
            description:
                "{{ $value | humanizePercentage }} of the connections of {{ $labels.pod }} are taken. They are enough for all pods of the app: look first who else has some.",
            runbook: "database.md#connections",
        },
        {
            alert: "JustDbPostgresFenced",
            severity: "warning",
            expr: `${told(s, "cnpg_collector_fencing_on")} == 1`,
            for: "15m",
            summary: "An instance of PostgreSQL is fenced",
            description:
                "Somebody has fenced {{ $labels.pod }}, so that PostgreSQL does not run in it. Look first who did, and whether they are done.",
            runbook: "database.md#fenced",
        },
        {
            alert: "JustDbPostgresMetricsAbsent",
            severity: "warning",
            expr: `absent(${told(s, "cnpg_collector_up")})`,
            for: "15m",
            summary: "Nobody tells how PostgreSQL of JustDB Cloud does",
            description:
                "No metrics of PostgreSQL arrive in Prometheus, so all alerts of it are blind. Look first at Prometheus' page of targets.",
            runbook: "database.md#no-metrics",
        },
    ];
};

function standbyAlerts(s: Resolved): Alert[] {
    const expected = s.postgresInstances - 1;
    const none: Alert = {
        alert: "JustDbPostgresNoStandby",
        severity: "critical",
        expr: `(${standbys(s)}) == 0`,
        for: "5m",
        summary: "PostgreSQL has no standby",
        description:
            "No standby follows the primary, {{ $labels.pod }}, so every write waits until one does. Look first at the pods of PostgreSQL.",
        runbook: "database.md#standby",
    };
    const fewer: Alert = {
        alert: "JustDbPostgresStandbyMissing",
        severity: "warning",
        expr: `(${standbys(s)}) > 0 < ${expected}`,
        for: "15m",
        summary: "PostgreSQL has fewer standbys than it should",
        description: `{{ $value }} of ${expected} standbys follow the primary, {{ $labels.pod }}. Look first at the pods of PostgreSQL.`,
        runbook: "database.md#standby",
    };
    const late: Alert = {
        alert: "JustDbPostgresReplicationLag",
        severity: "warning",
        expr: `${told(s, "cnpg_pg_replication_lag")} > 60`,
        for: "5m",
        summary: "A standby of PostgreSQL is late",
        description:
            "{{ $labels.pod }} is {{ $value | humanizeDuration }} behind the primary, so it would take that much longer to take over. Look first whether it has CPU and disk enough.",
        runbook: "database.md#replication-lag",
    };
    return [none, ...(expected > 1 ? [fewer] : []), late];
}

export const database: Topic = {
    name: "database",
    title: "PostgreSQL",
    needs: "With postgresMode managed",
    records,
    alerts,
};
