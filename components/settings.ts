import type { JustDbCloudArgs } from "./args";
import { Environment, PostgresMode, PostgresSslMode, RedisMode, ServiceType } from "./args/enums";
import { chartSource } from "./lib/charts";
import { restoreSource } from "./lib/restore-source";
import { schedule, scheduleOrNever } from "./lib/schedule";
import type { Setting } from "./lib/setting";
import * as a from "./lib/setting";

export type Key = keyof JustDbCloudArgs;

const identifier =
    /^(?!pg_|cnpg_|(?:postgres|streaming_replica|template[01]|justdb_backup|justdb_restore)$)[a-z_][a-z0-9_]{0,62}$/;
const postgresName = (example: string) =>
    a.text("a name of lower-case letters, digits and underscores, not one of PostgreSQL's own", identifier, {
        default: example,
        example,
    });

const bucketName = (example: string) =>
    a.text(
        "a bucket name of 3 to 63 lower-case letters, digits and hyphens",
        /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        { default: "", example },
    );

const secret = (allowed: string, pattern: RegExp) =>
    a.text(allowed, pattern, { default: "", example: "<secret>", secret: true, input: true });

const password = secret(
    "16 to 256 characters, none of them a quote, a backslash or white space",
    /^[^\s"'\\]{16,256}$/,
);

/** What every argument may be. The meaning of each stands in args/, and a test holds both together. */
export const settings: { [K in Key]-?: Setting } = {
    environment: a.choice(Environment, { default: "prod", example: "dev" }),
    namespace: a.dnsLabel({ default: "justdb-cloud", example: "justdb-staging" }),
    createNamespace: a.flag({ default: true, example: false }),
    protect: a.flag({ example: true }),
    imagePullSecrets: a.dnsNames({ default: [], example: ["registry"] }),

    appImage: a.image({ default: "justdb/cloud:1.0.0", example: "justdb/cloud:1.0.1", input: true }),
    appReplicas: a.integer(1, 100, { example: 3 }),
    appMaxReplicas: a.integer(1, 100, { example: 10 }),
    appCpuRequest: a.cpu({ default: "500m", example: "500m" }),
    appCpuLimit: a.cpu({ default: "2000m", example: "2000m" }),
    appMemoryRequest: a.size("128Mi", { default: "512Mi", example: "512Mi" }),
    appMemoryLimit: a.size("128Mi", { default: "2Gi", example: "2Gi" }),
    appCpuTargetPercent: a.integer(1, 100, { default: 70, example: 70 }),
    appMemoryTargetPercent: a.integer(1, 100, { default: 80, example: 80 }),
    appLivenessDelaySeconds: a.integer(0, 3600, { default: 60, example: 60 }),
    appReadinessDelaySeconds: a.integer(0, 3600, { default: 30, example: 30 }),
    appDatabasePoolSize: a.integer(1, 200, { default: 20, example: 20 }),
    otlpEndpoint: a.url({ default: "", example: "http://collector.observability.svc:4317" }),
    jwtSecret: secret("at least 64 characters", /^.{64,}$/s),
    jwtExistingSecret: a.dnsName({ default: "", example: "justdb-jwt", input: true }),
    jwtExpirationSeconds: a.integer(60, 31_536_000, { default: 86_400, example: 86_400 }),
    serviceType: a.choice(ServiceType, { default: "ClusterIP", example: "LoadBalancer" }),
    serviceAnnotations: a.annotations({ default: {}, example: { team: "data" } }),
    loadBalancerSourceRanges: a.cidrs({ default: [], example: ["203.0.113.0/24"] }),

    schemasBucketName: bucketName("acme-justdb-schemas"),
    backupsBucketName: bucketName("acme-justdb-backups"),
    storageEndpoint: a.url({ default: "", example: "https://s3.internal.example.com" }),
    storageCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
    storageNoncurrentDays: a.integer(1, 3650, { default: 90, example: 90 }),

    postgresMode: a.choice(PostgresMode, { default: "managed", example: "external" }),
    postgresInstances: a.integer(1, 9, { example: 3 }),
    postgresImage: a.versionedImage({
        default: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
        example: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
    }),
    postgresStorageSize: a.size("512Mi", { default: "20Gi", example: "20Gi" }),
    postgresStorageClass: a.dnsName({ default: "", example: "gp3" }),
    postgresCpuRequest: a.cpu({ default: "500m", example: "500m" }),
    postgresCpuLimit: a.cpu({ default: "2", example: "2" }),
    postgresMemory: a.size("256Mi", { default: "2Gi", example: "2Gi" }),
    postgresSharedBuffers: a.postgresSize({ default: "", example: "512MB" }),
    postgresDatabase: postgresName("justdb"),
    postgresUser: postgresName("justdb"),
    postgresPassword: password,
    postgresExistingSecret: a.dnsName({ default: "", example: "justdb-database", input: true }),
    postgresOperatorNamespace: a.dnsLabel({ default: "cnpg-system", example: "cnpg-system" }),
    postgresInstallOperator: a.flag({ default: false, example: true }),
    postgresOperatorChart: a.text(
        "a chart of one version: oci://HOST/PATH:VERSION, https://HOST/PATH/NAME-VERSION.tgz, or a path that starts with ./ or /",
        chartSource,
        {
            default: "oci://ghcr.io/cloudnative-pg/charts/cloudnative-pg:0.29.0",
            example: "oci://registry.example.com/charts/cloudnative-pg:0.29.0",
        },
    ),
    postgresOperatorImage: a.versionedImage({
        default: "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0",
        example: "registry.example.com/cloudnative-pg:1.30.0",
    }),
    postgresHost: a.dnsName({ default: "", example: "postgres.example.com", input: true }),
    postgresPort: a.integer(1, 65_535, { default: 5432, example: 5432 }),
    postgresSslMode: a.choice(PostgresSslMode, { default: "require", example: "require" }),
    postgresCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),

    migrationsImage: a.image({
        default: "docker.io/liquibase/liquibase:4.33.0",
        example: "docker.io/liquibase/liquibase:4.33.0",
    }),

    backupSchedule: a.text('never, or a cron schedule such as "15 2 * * *" or "@daily"', scheduleOrNever, {
        default: "15 2 * * *",
        example: "15 2 * * *",
    }),
    backupRetentionDays: a.integer(1, 3650, { default: 30, example: 30 }),
    backupMaxAgeHours: a.integer(0, 87_600, { example: 26 }),
    backupImage: a.image({ default: "", example: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie" }),

    postgresArchive: a.flag({ example: true }),
    archiveSchedule: a.text('a cron schedule such as "45 1 * * *" or "@daily"', schedule, {
        default: "45 1 * * *",
        example: "45 1 * * *",
    }),
    archiveRetentionDays: a.integer(1, 3650, { default: 30, example: 30 }),
    archiveTimeoutSeconds: a.integer(10, 86_400, { default: 300, example: 60 }),

    drillSchedule: a.text('never, or a cron schedule such as "15 4 * * 0" or "@weekly"', scheduleOrNever, {
        default: "15 4 * * 0",
        example: "15 4 * * 0",
    }),
    drillMaxAgeDays: a.integer(0, 3650, { example: 8 }),
    drillStorageSize: a.size("512Mi", { example: "20Gi" }),

    restoreFrom: a.text(
        "s3://BUCKET/latest, s3://BUCKET/ID, s3://BUCKET/TIME or s3://BUCKET/ARCHIVE/TIME",
        restoreSource,
        {
            default: "",
            example: "s3://acme-justdb-backups/latest",
        },
    ),

    redisMode: a.choice(RedisMode, { default: "inCluster", example: "external" }),
    redisImage: a.image({ default: "docker.io/library/redis:7.2.11", example: "docker.io/library/redis:7.2.11" }),
    redisMemory: a.size("32Mi", { default: "256Mi", example: "256Mi" }),
    redisStorageSize: a.size("64Mi", { default: "2Gi", example: "2Gi" }),
    redisStorageClass: a.dnsName({ default: "", example: "gp3" }),
    redisPassword: password,
    redisExistingSecret: a.dnsName({ default: "", example: "justdb-cache", input: true }),
    redisHost: a.dnsName({ default: "", example: "redis.example.com", input: true }),
    redisPort: a.integer(1, 65_535, { default: 6379, example: 6379 }),
    redisTls: a.flag({ default: false, example: true }),
    redisCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),

    ingressNamespace: a.dnsLabel({ default: "ingress-nginx", example: "traefik" }),
    ingressPodLabels: a.podLabels({
        default: { "app.kubernetes.io/name": "ingress-nginx" },
        example: { "app.kubernetes.io/name": "traefik" },
    }),
    monitoringNamespace: a.dnsLabel({ default: "monitoring", example: "observability" }),
    kubernetesApiCidrs: a.cidrs({ default: [], example: ["10.0.0.1/32"] }),
};

export const keys = Object.keys(settings) as Key[];
