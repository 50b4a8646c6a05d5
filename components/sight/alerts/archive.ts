import { longestPauseHours } from "../../lib/schedule";
import type { Resolved } from "../../parts";
import { isManaged, told } from "./database";
import { type Alert, type Topic } from "./rule";

const lastBaseBackup = "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp";

/** Seconds after which what waits to be archived is late, also where no try has failed yet. */
const lateSeconds = (s: Resolved) => Math.max(900, 3 * s.archiveTimeoutSeconds);

const alerts = (s: Resolved): Alert[] => {
    if (!isManaged(s) || !s.postgresArchive) return [];
    const lastArchived = told(s, "cnpg_pg_stat_archiver_last_archived_time");
    const waiting = `max by (namespace, pod) (${told(s, "cnpg_collector_pg_wal_archive_status", 'value="ready"')}) > 0`;
    return [
        {
            alert: "JustDbArchiveFailing",
            severity: "critical",
            // Only the primary tells of the archiver.
            expr: `${told(s, "cnpg_pg_stat_archiver_last_failed_time")} > ${lastArchived}\nor (time() - ${lastArchived} > ${lateSeconds(s)} and on (namespace, pod) ${waiting})`,
            for: "10m",
            summary: "The database of JustDB Cloud is not archived any more",
            description:
                "{{ $labels.pod }} cannot archive its write-ahead log: what is written from now on is lost with the volumes, which fill up with it. The log of its container plugin-barman-cloud says why.",
            runbook: "database.md#archiving-fails",
        },
        ...baseBackups(s),
        {
            alert: "JustDbArchiveMetricsAbsent",
            severity: "warning",
            expr: `absent(${told(s, lastBaseBackup)})\nor absent(${lastArchived})`,
            for: "15m",
            summary: "Nobody tells of the archive of JustDB Cloud's database",
            description:
                "PostgreSQL tells nothing of its archive, so the alerts of it are blind. Look first whether PostgreSQL runs, and whether its other metrics arrive.",
            runbook: "database.md#no-metrics",
        },
    ];
};

/** The time is that of its end: the next one's may be two hours later than the schedule alone would have it. */
function baseBackups(s: Resolved): Alert[] {
    const pause = longestPauseHours(s.archiveSchedule);
    if (pause === 0) return [];
    return [
        {
            alert: "JustDbBaseBackupTooOld",
            severity: "critical",
            expr: `time() - max by (namespace) (${told(s, lastBaseBackup)}) > ${pause * 3600}`,
            for: "2h",
            summary: "The database of JustDB Cloud has no base backup that is new enough",
            description:
                "The newest base backup is older than archiveSchedule allows, or there is none, without which nothing can be recovered. Look first at the newest object of kind Backup.",
            runbook: "database.md#base-backup-too-old",
        },
    ];
}

export const archive: Topic = { name: "archive", title: "Continuous archive", needs: "With postgresArchive", alerts };
