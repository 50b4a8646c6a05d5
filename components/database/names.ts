import type { PodKind } from "../lib/flow";

export const names = {
    cluster: "justdb-db",
    service: "justdb-postgres",
    owner: "justdb-postgres-owner",
    /** The operator's Secret with the authority of the server's certificate. */
    authority: "justdb-db-ca",
    backupRole: "justdb-postgres-backup",
    restoreRole: "justdb-postgres-restore",
    settled: "justdb-db-settled",
} as const;

export const databasePods: PodKind = { name: "postgres", labels: { "cnpg.io/cluster": names.cluster } };

/** Of its instances alone, and not of the operator's jobs beside them. */
export const instanceLabels = { ...databasePods.labels, "cnpg.io/podRole": "instance" };

export const settledPods: PodKind = { name: "postgres-settled", labels: { app: names.settled } };

/** The labels of CloudNativePG's own manifests and chart. */
export const operatorLabels = { "app.kubernetes.io/name": "cloudnative-pg" };
/** The labels of the barman-cloud plugin's own manifest, and of its chart. */
export const archivePluginLabels = { app: "barman-cloud" };
export const archivePluginChartLabels = { "app.kubernetes.io/name": "plugin-barman-cloud" };

/** PostgreSQL's, the one by which its operator watches it, and the one at which an instance tells its metrics. */
export const ports = { postgres: 5432, status: 8000, metrics: 9187 } as const;
