import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import { createKey, onBuckets, onObjects } from "./access-key";
import { createAccount, type Operations } from "./backup";
import type { Context } from "./lib/context";
import { names, ports, selectors } from "./lib/names";
import { metricsSize } from "./lib/quota";
import { operationPod } from "./operation-job";
import { backupsPrefix, drillsPrefix, type Storage } from "./storage";

interface Wiring {
    storage: Storage;
    operations: Operations;
}

/** One pod that tells Prometheus of backups and drills. All it knows it reads from the backups bucket, with a key of its own. */
export function createBackupMetrics(context: Context, inNamespace: Context, { storage, operations }: Wiring): void {
    const { settings } = context;
    const { child, metadata, options } = inNamespace;
    const { backups } = storage;
    const get = ["s3:GetObject", "s3:GetObjectVersion"];
    const key = createKey(context, inNamespace, "backup-metrics", names.backupMetrics, [
        onBuckets("FindBackups", [backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
        onObjects("ReadManifests", backups, `${backupsPrefix}*/manifest.json`, get),
        onObjects("ReadResults", backups, drillsPrefix, get),
    ]);
    const account = createAccount(inNamespace, "backup-metrics", names.backupMetrics);
    const template = operationPod(
        inNamespace,
        {
            ...operations.common,
            name: "backupMetrics",
            objectName: names.backupMetrics,
            key,
            command: ["python3", "/operations/metrics.py"],
            variables: [
                { name: "BACKUP_MAX_AGE_SECONDS", value: String(settings.backupMaxAgeHours * 3600) },
                { name: "DRILL_MAX_AGE_SECONDS", value: String(settings.drillMaxAgeDays * 24 * 3600) },
            ],
        },
        {
            ports: [{ name: "metrics", containerPort: ports.metrics }],
            resources: {
                requests: { cpu: metricsSize.cpuRequest, memory: metricsSize.memoryRequest },
                limits: { cpu: metricsSize.cpuLimit, memory: metricsSize.memoryLimit },
            },
            readinessProbe: { httpGet: health, periodSeconds: 10, timeoutSeconds: 5 },
            livenessProbe: { httpGet: health, initialDelaySeconds: 30, periodSeconds: 60, timeoutSeconds: 10 },
        },
    );
    new apps.Deployment(
        child("backup-metrics"),
        {
            metadata: metadata(names.backupMetrics),
            spec: {
                replicas: 1,
                // Two would tell everything twice.
                strategy: { type: "Recreate" },
                selector: { matchLabels: selectors.backupMetrics },
                template,
            },
        },
        options({ dependsOn: [account, ...operations.common.dependsOn, ...key.created] }),
    );
    new core.Service(
        child("backup-metrics-service"),
        {
            metadata: metadata(names.backupMetrics, {
                labels: selectors.backupMetrics,
                annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": String(ports.metrics) },
            }),
            spec: {
                selector: selectors.backupMetrics,
                ports: [{ name: "metrics", port: ports.metrics, targetPort: "metrics" }],
            },
        },
        options(),
    );
}

const health = { path: "/health", port: "metrics" };
