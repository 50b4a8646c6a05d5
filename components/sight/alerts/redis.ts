import type { Resolved } from "../../parts";
import { type Alert, series, type Topic } from "./rule";

const alerts = (s: Resolved): Alert[] => {
    if (!s.redisMetrics) return [];
    const where =
        s.redisMode === "inCluster"
            ? "the pod justdb-redis-0"
            : "the page of who runs it, and at redisHost and redisCidrs";
    return [
        {
            alert: "JustDbRedisDown",
            severity: "critical",
            expr: `${series(s, "redis_up")} == 0`,
            for: "2m",
            summary: "Redis of JustDB Cloud is down",
            description: `Redis does not answer, so no pod of the app is ready. Look first at ${where}.`,
            runbook: "redis.md#down",
        },
        {
            alert: "JustDbRedisWritesRefused",
            severity: "critical",
            // OOM: there is no memory that it may give away. MISCONF: it cannot write its file.
            expr: `min by (namespace, pod) (${series(s, "redis_aof_last_write_status")}) == 0\nor sum by (namespace, pod) (increase(${series(s, "redis_errors_total", 'err=~"OOM|MISCONF"')}[5m])) > 0`,
            for: "2m",
            summary: "Redis of JustDB Cloud refuses writes",
            description:
                "Redis refuses what the app writes: its memory is full of what never expires, or it cannot write to its volume. Look first at its log.",
            runbook: "redis.md#writes-refused",
        },
        {
            alert: "JustDbRedisConnectionsRejected",
            severity: "warning",
            expr: `increase(${series(s, "redis_rejected_connections_total")}[5m]) > 0`,
            for: "5m",
            summary: "Redis of JustDB Cloud rejects connections",
            description:
                "Redis has as many connections as it takes (maxclients), and rejects more. Look first who has them.",
            runbook: "redis.md#connections-rejected",
        },
        {
            alert: "JustDbRedisMemory",
            severity: "warning",
            expr: `${series(s, "redis_memory_used_bytes")} / (${series(s, "redis_memory_max_bytes")} > 0) > 0.9`,
            for: "15m",
            summary: "The memory of Redis is nearly used up",
            description:
                "Redis uses {{ $value | humanizePercentage }} of what it may use for data. When it is full it drops keys that expire, and refuses writes where there are none. Look first what takes the memory.",
            runbook: "redis.md#memory",
        },
        {
            alert: "JustDbRedisMetricsAbsent",
            severity: "warning",
            expr: `absent(${series(s, "redis_up")})`,
            for: "15m",
            summary: "Nobody tells how Redis of JustDB Cloud does",
            description:
                "No metrics of Redis arrive in Prometheus, so all alerts of it are blind. Look first at the pod of the exporter, justdb-redis-metrics.",
            runbook: "redis.md#no-metrics",
        },
    ];
};

export const redis: Topic = { name: "redis", title: "Redis", needs: "With redisMetrics", alerts };
