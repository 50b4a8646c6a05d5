import { age, graph, number, type Row, stack } from "../panel";

const told = (metric: string) => `max(justdb_${metric}{${stack}})`;

export const backupsRow: Row = {
    title: "Backups and drills",
    lines: [
        [
            number({
                title: "Newest backup",
                description:
                    "How long ago its snapshot was taken. What was written since then is lost with the database, but for the archive.",
                unit: "dtdurations",
                queries: { age: age(told("backup_last_success_timestamp_seconds")) },
                none: "never",
            }),
            number({
                title: "Backups",
                description: "Those that count and are kept.",
                unit: "short",
                queries: { backups: told("backups") },
                limits: { least: 1 },
            }),
            number({
                title: "Damaged backups",
                description: "Those whose manifest cannot be trusted.",
                unit: "short",
                queries: { damaged: told("backups_damaged") },
                limits: { critical: 1 },
            }),
            number({
                title: "Lost schemas",
                description: "Rows of the newest backup whose schema is gone from the bucket.",
                unit: "short",
                queries: { lost: told("backup_last_schemas_missing") },
                limits: { critical: 1 },
            }),
            number({
                title: "Last good drill",
                description: "How long ago it was seen that the newest backup can be restored.",
                unit: "dtdurations",
                queries: { age: age(told("drill_last_success_timestamp_seconds")) },
                none: "never",
            }),
            number({
                title: "Last drill",
                description: "1 where it was good, 0 where the backup could not be restored.",
                unit: "short",
                queries: { good: told("drill_last_good") },
                limits: { least: 1 },
            }),
        ],
        [
            graph({
                title: "Age of the newest backup",
                description: "The next one may take as long as the last one did, beyond what is allowed.",
                unit: "s",
                queries: {
                    age: age(told("backup_last_success_timestamp_seconds")),
                    allowed: told("backup_max_age_seconds"),
                },
            }),
            graph({
                title: "Size of the newest backup",
                description: "One that is suddenly smaller holds less.",
                unit: "bytes",
                queries: { size: told("backup_last_size_bytes") },
            }),
            graph({
                title: "Duration",
                description: "Of the newest backup, and of the last drill.",
                unit: "s",
                queries: { backup: told("backup_last_duration_seconds"), drill: told("drill_last_duration_seconds") },
            }),
        ],
    ],
};
