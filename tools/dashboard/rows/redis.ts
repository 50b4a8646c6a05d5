import { graph, number, rate, type Row, stack } from "../panel";

const reads = (found: "hits" | "misses") => `sum(${rate(`redis_keyspace_${found}_total{${stack}}`)})`;

export const redisRow: Row = {
    title: "Redis",
    lines: [
        [
            number({
                title: "Redis",
                description: "1 where it answers. Without it the app is slower, and stops being ready.",
                unit: "short",
                queries: { up: `min(redis_up{${stack}})` },
                limits: { least: 1 },
            }),
            number({
                title: "Clients",
                description: "Connections to it.",
                unit: "short",
                queries: { clients: `sum(redis_connected_clients{${stack}})` },
            }),
            number({
                title: "Found in Redis",
                description: "Which part of the reads.",
                unit: "percentunit",
                queries: { found: `${reads("hits")} / (${reads("hits")} + ${reads("misses")})` },
            }),
            number({
                title: "Connections refused",
                description: "Since it started: it had as many clients as it may have.",
                unit: "short",
                queries: { refused: `sum(redis_rejected_connections_total{${stack}})` },
                limits: { warning: 1 },
            }),
        ],
        [
            graph({
                title: "Memory",
                description: "From what it may use on, it drops what was read least lately.",
                unit: "bytes",
                queries: {
                    "in use": `sum(redis_memory_used_bytes{${stack}})`,
                    "may be": `sum(redis_memory_max_bytes{${stack}})`,
                },
            }),
            graph({
                title: "Commands",
                description: "Commands a second.",
                unit: "ops",
                queries: { commands: `sum(${rate(`redis_commands_processed_total{${stack}}`)})` },
            }),
            graph({
                title: "Dropped and refused",
                description: "Entries that were dropped for want of memory, and commands that were refused, a second.",
                unit: "ops",
                queries: {
                    dropped: `sum(${rate(`redis_evicted_keys_total{${stack}}`)})`,
                    // There is no series of them before the first one.
                    refused: `sum(${rate(`redis_errors_total{${stack}}`)}) or vector(0)`,
                },
            }),
        ],
    ],
};
