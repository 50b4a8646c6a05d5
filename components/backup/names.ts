import type { PodKind } from "../lib/flow";

export const names = {
    scripts: "justdb-operations",
    backup: "justdb-backup",
    restore: "justdb-restore",
    metrics: "justdb-backup-metrics",
    seal: "justdb-backup-seal",
} as const;

export const backupPods: PodKind = { name: "backup", labels: { app: names.backup } };
export const restorePods: PodKind = { name: "restore", labels: { app: names.restore } };
export const metricsPods: PodKind = { name: "backup-metrics", labels: { app: names.metrics } };

export const metricsPort = 9187;
