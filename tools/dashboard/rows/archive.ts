import { age, graph, number, rate, type Row, stack } from "../panel";

const archived = (counter: string) => `sum(${rate(`cnpg_pg_stat_archiver_${counter}_count{${stack}}`)})`;
const told = (time: string) => `max(barman_cloud_cloudnative_pg_io_${time}{${stack}})`;

export const archiveRow: Row = {
    title: "Continuous archive of PostgreSQL",
    lines: [
        [
            number({
                title: "Newest file in the archive",
                description:
                    "How long ago the write-ahead log was archived last. What was written since then is lost with the volumes.",
                unit: "dtdurations",
                queries: { age: `min(cnpg_pg_stat_archiver_seconds_since_last_archival{${stack}} >= 0)` },
                none: "never",
            }),
            number({
                title: "Files that wait",
                description:
                    "Files of the write-ahead log that are to be archived. They fill the volume until they are.",
                unit: "short",
                queries: { waiting: `max(cnpg_collector_pg_wal_archive_status{${stack},value="ready"})` },
                limits: { warning: 10, critical: 100 },
            }),
            number({
                title: "Newest base backup",
                description: "How long ago it was made. A recovery reads it, and all of the log since then.",
                unit: "dtdurations",
                queries: { age: age(told("last_available_backup_timestamp")) },
                none: "never",
            }),
            number({
                title: "Earliest moment",
                description: "How far back the database can be recovered.",
                unit: "dtdurations",
                queries: { age: age(told("first_recoverability_point")) },
                none: "never",
            }),
        ],
        [
            graph({
                title: "Files archived",
                description: "Files of the write-ahead log a second, and attempts that failed.",
                unit: "ops",
                queries: { archived: archived("archived"), failed: archived("failed") },
            }),
            graph({
                title: "Files that wait over time",
                description: "A number that grows is of an archive that fails, or is slower than the writes.",
                unit: "short",
                queries: { "{{pod}}": `max by (pod) (cnpg_collector_pg_wal_archive_status{${stack},value="ready"})` },
            }),
        ],
    ],
};
