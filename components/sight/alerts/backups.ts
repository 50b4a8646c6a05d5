// Over what the exporter (metrics.py) tells. The next backup may take as long as the last one, and counts when it is done: so long the
// last one may be older.
import type { Resolved } from "../../parts";
import { type Alert, series, type Topic } from "./rule";

const alerts = (s: Resolved): Alert[] => [
    ...(s.backupMaxAgeHours > 0 ? [backupTooOld(s)] : []),
    {
        alert: "JustDbBackupDamaged",
        severity: "critical",
        expr: `${series(s, "justdb_backups_damaged")} > 0`,
        for: "5m",
        summary: "A backup of JustDB Cloud has a manifest that cannot be trusted",
        description:
            "{{ $value }} manifests in the backups bucket do not have the checksum that they state, or not the seal that others before them have. Somebody wrote there, or the storage lost something. The list of backups names them.",
        runbook: "backup.md#alerts",
    },
    {
        alert: "JustDbBackupSchemasLost",
        severity: "critical",
        expr: `${series(s, "justdb_backup_last_schemas_missing")} > 0`,
        for: "5m",
        summary: "JustDB Cloud has lost schemas",
        description:
            "The newest backup found {{ $value }} rows in schema_versions whose object is gone from the schemas bucket, or has another content. Look first for older versions of these objects.",
        runbook: "backup.md#alerts",
    },
    {
        alert: "JustDbBackupSchemasElsewhere",
        severity: "critical",
        expr: `${series(s, "justdb_backup_last_schemas_elsewhere")} > 0`,
        for: "5m",
        summary: "JustDB Cloud has schemas that are not backed up",
        description:
            "The newest backup found {{ $value }} rows in schema_versions that name another bucket than the stack's. It does not hold their schemas. Look first whether schemasBucketName was changed.",
        runbook: "backup.md#alerts",
    },
    ...(s.drillMaxAgeDays > 0 ? [drillTooOld(s)] : []),
    {
        alert: "JustDbDrillFailed",
        severity: "critical",
        expr: `${series(s, "justdb_drill_last_good")} == 0`,
        for: "5m",
        summary: "A backup of JustDB Cloud could not be restored",
        description: "The last drill failed. Its result in the backups bucket, and its pod for a day, say why.",
        runbook: "drill.md#alerts",
    },
    {
        alert: "JustDbBackupMetricsStale",
        severity: "warning",
        expr: `time() - ${series(s, "justdb_backup_metrics_last_read_timestamp_seconds")} > 900\nor absent(${series(s, "justdb_backup_metrics_last_read_timestamp_seconds")})`,
        for: "15m",
        summary: "Nobody reads the backups of JustDB Cloud",
        description:
            "The exporter justdb-backup-metrics is gone, or cannot read the backups bucket, or Prometheus does not reach it. The log of its pod says which.",
        runbook: "drill.md#alerts",
    },
];

function backupTooOld(s: Resolved): Alert {
    const last = series(s, "justdb_backup_last_success_timestamp_seconds");
    const took = `(${series(s, "justdb_backup_last_duration_seconds")} or 0 * ${last})`;
    const tooOld = `time() - (${last} > 0) > ${series(s, "justdb_backup_max_age_seconds")} + ${took}`;
    // Of a new stack the first one is not promised before that.
    const never = `(${last} == 0 and on (namespace) (${last} offset ${s.backupMaxAgeHours}h == 0))`;
    return {
        alert: "JustDbBackupTooOld",
        severity: "critical",
        expr: [tooOld, never, `absent(${last})`].join("\nor "),
        for: "15m",
        summary: "JustDB Cloud has no good backup that is new enough",
        description:
            "The newest good backup is older than backupMaxAgeHours, or there is none, or nobody tells of it. What is written from now on is lost with the database. Look first at the last Jobs of justdb-backup.",
        runbook: "backup.md#alerts",
    };
}

function drillTooOld(s: Resolved): Alert {
    const last = series(s, "justdb_drill_last_success_timestamp_seconds");
    return {
        alert: "JustDbDrillTooOld",
        severity: "warning",
        expr: `time() - ${last} > ${series(s, "justdb_drill_max_age_seconds")}\nor absent(${last})`,
        for: "15m",
        summary: "Nobody knows whether the backups of JustDB Cloud can be restored",
        description:
            "The last good drill is older than drillMaxAgeDays, or there was none, or nobody tells of it. Look first at the last Jobs of justdb-drill.",
        runbook: "drill.md#alerts",
    };
}

export const backups: Topic = { name: "backups", title: "Backups and drills", alerts };
