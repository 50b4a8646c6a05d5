/** Names of the Kubernetes objects. They are the guide's, and a namespace holds one JustDB Cloud. */
export const names = {
    app: "justdb-cloud",
    autoscaler: "justdb-cloud-hpa",
    config: "justdb-config",
    secrets: "justdb-secrets",
    awsCredentials: "aws-credentials",
    postgresCluster: "justdb-db",
    postgresService: "justdb-postgres",
    postgresOwner: "justdb-postgres-owner",
    migrations: "justdb-migrations",
    postgresBackup: "justdb-postgres-backup",
    postgresRestore: "justdb-postgres-restore",
    operations: "justdb-operations",
    backup: "justdb-backup",
    restore: "justdb-restore",
    restoreFrom: "justdb-restore-from",
    restoreGuard: "justdb-restore-guard",
    archive: "justdb-archive",
    archiveSource: "justdb-archive-source",
    drill: "justdb-drill",
    backupMetrics: "justdb-backup-metrics",
    redis: "justdb-redis",
} as const;

/** Labels by which Services, NetworkPolicies and budgets find the pods of a part. */
export const selectors = {
    app: { app: names.app },
    postgres: { "cnpg.io/cluster": names.postgresCluster },
    migrations: { app: names.migrations },
    backup: { app: names.backup },
    restore: { app: names.restore },
    drill: { app: names.drill },
    backupMetrics: { app: names.backupMetrics },
    redis: { app: names.redis },
    /** The labels of CloudNativePG's own manifests and chart. */
    operator: { "app.kubernetes.io/name": "cloudnative-pg" },
    /** The labels of the barman-cloud plugin's own manifest, and of its chart. */
    archivePlugin: { app: "barman-cloud" },
    archivePluginOfChart: { "app.kubernetes.io/name": "plugin-barman-cloud" },
} as const;

/** Labels of every object. */
export const labels = {
    "app.kubernetes.io/part-of": "justdb-cloud",
    "app.kubernetes.io/managed-by": "pulumi",
} as const;

export const ports = {
    app: 8080,
    postgres: 5432,
    postgresStatus: 8000,
    redis: 6379,
    dns: 53,
    metrics: 9187,
    operatorWebhook: 9443,
    archivePlugin: 9090,
} as const;
