import { graph, number, rate, type Row, stack } from "../panel";

const ofDatabase = (counter: string) =>
    `sum by (datname) (${rate(`cnpg_pg_stat_database_${counter}{${stack},datname="justdb"}`)})`;

export const postgresRow: Row = {
    title: "PostgreSQL",
    lines: [
        [
            number({
                title: "Instances",
                description: "Those that answer.",
                unit: "short",
                queries: { up: `sum(cnpg_collector_up{${stack}})` },
                limits: { least: 1 },
            }),
            number({
                title: "Standbys",
                description: "Those that follow the primary. With none, nothing can take its place.",
                unit: "short",
                queries: { standbys: `max(cnpg_pg_replication_streaming_replicas{${stack}})` },
            }),
            number({
                title: "Longest transaction",
                description: "One that stays open holds its locks, and keeps PostgreSQL from cleaning up.",
                unit: "s",
                queries: { longest: `max(cnpg_backends_max_tx_duration_seconds{${stack}})` },
                limits: { warning: 300, critical: 3600 },
            }),
            number({
                title: "Waiting for a lock",
                description: "Connections that wait for another one.",
                unit: "short",
                queries: { waiting: `sum(cnpg_backends_waiting_total{${stack}})` },
                limits: { warning: 1 },
            }),
        ],
        [
            graph({
                title: "Connections",
                description: "By what they do. Nobody else gets one when there are as many as may be.",
                unit: "short",
                queries: {
                    "{{state}}": `sum by (state) (cnpg_backends_total{${stack}})`,
                    "may be": `max(cnpg_pg_settings_setting{${stack},name="max_connections"})`,
                },
            }),
            graph({
                title: "Transactions",
                description: "Transactions a second.",
                unit: "ops",
                queries: { committed: ofDatabase("xact_commit"), "rolled back": ofDatabase("xact_rollback") },
            }),
            graph({
                title: "Read from memory",
                description: "Which part of the blocks that were read. The others came from the volume.",
                unit: "percentunit",
                queries: {
                    memory: `${ofDatabase("blks_hit")} / (${ofDatabase("blks_hit")} + ${ofDatabase("blks_read")})`,
                },
                max: 1,
            }),
        ],
        [
            graph({
                title: "Volume in use",
                description:
                    "By what the kubelet tells, else by the sizes of databases and write-ahead log. PostgreSQL stops when its volume is full.",
                unit: "percentunit",
                queries: { "{{pod}}": `max by (pod) (justdb:postgres_volume_used:ratio{${stack}})` },
                limits: { warning: 0.8, critical: 0.9 },
                max: 1,
            }),
            graph({
                title: "Size",
                description: "Of the databases, and of the write-ahead log, which grows while it cannot be archived.",
                unit: "bytes",
                queries: {
                    "{{datname}}": `max by (datname) (cnpg_pg_database_size_bytes{${stack}})`,
                    "write-ahead log, {{pod}}": `sum by (pod) (cnpg_collector_pg_wal{${stack},value="size"})`,
                },
            }),
            graph({
                title: "Behind the primary",
                description: "By how much time each standby is.",
                unit: "s",
                queries: { "{{pod}}": `max by (pod) (cnpg_pg_replication_lag{${stack}})` },
                limits: { warning: 30 },
            }),
        ],
    ],
};
