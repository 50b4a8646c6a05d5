import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { tlsSecretName } from "../edge/tls";
import { createCredentials } from "../identity/credentials";
import type { UsesCredentials } from "../identity/retire";
import { onBuckets, onObjects } from "../identity/rights";
import type { Age } from "../lib/age";
import { authorityAnnotations } from "../lib/authority";
import type { Scope } from "../lib/scope";
import { ipFamilyPolicy } from "../lib/service";
import { scrapeAnnotations } from "../sight/annotations";
import { exporterSpec } from "../sight/exporter";
import { toDecrypt } from "../storage/keys";
import { backupsPrefix, drillsPrefix, type Storage } from "../storage/storage";
import type { Operations } from "./backup";
import { metricsPods, metricsPort, names } from "./names";
import { operationPod } from "./operation";

interface Wiring {
    storage: Storage;
    operations: Operations;
    /** The credentials that this stack makes, but for its own. */
    aged: { ages: Age[] }[];
}

/** Of its one pod. */
const resources = { requests: { cpu: "10m", memory: "96Mi" }, limits: { cpu: "250m", memory: "192Mi" } };

/** Of the edge's certificate, where the cluster has one. Its private key is not there. */
const certificate = { folder: "/certificate", key: "tls.crt" };

/**
 * One pod that tells Prometheus of backups and drills, of the edge's certificate, and of how old credentials are. All else that it knows it reads from the backups bucket,
 * with a key of its own.
 */
export function createBackupMetrics(scope: Scope, { storage, operations, aged }: Wiring): UsesCredentials {
    const { settings, cluster } = scope;
    const { child, metadata, options } = cluster;
    const { backups } = storage;
    const get = ["s3:GetObject", "s3:GetObjectVersion"];
    const key = createCredentials(
        scope,
        {
            prefix: "backup-metrics-",
            account: names.metrics,
            secretName: names.metrics,
            generation: settings.backupAccessKeyGeneration,
            asks: backups,
            rights: [
                onBuckets("FindBackups", [backups], ["s3:ListBucket", "s3:ListBucketVersions"]),
                onObjects("ReadManifests", backups, `${backupsPrefix}*/manifest.json`, get),
                onObjects("ReadResults", backups, drillsPrefix, get),
                ...toDecrypt(storage),
            ],
        },
        operations.common,
    );
    const tlsSecret = tlsSecretName(settings);
    const template = operationPod(
        cluster,
        {
            ...operations.common,
            name: names.metrics,
            pods: metricsPods,
            key,
            command: ["python3", "/operations/metrics.py"],
            variables: [
                { name: "BACKUP_MAX_AGE_SECONDS", value: String(settings.backupMaxAgeHours * 3600) },
                { name: "DRILL_MAX_AGE_SECONDS", value: String(settings.drillMaxAgeDays * 24 * 3600) },
                { name: "CREDENTIAL_MAX_AGE_SECONDS", value: String(settings.credentialMaxAgeDays * 24 * 3600) },
                { name: "CREDENTIALS", value: pulumi.jsonStringify([...aged, key].flatMap(({ ages }) => ages)) },
                ...(tlsSecret === ""
                    ? []
                    : [{ name: "CERTIFICATE_FILE", value: `${certificate.folder}/${certificate.key}` }]),
            ],
            ...(storage.authority ? { annotations: authorityAnnotations([storage.authority.certificates]) } : {}),
            ...(tlsSecret === "" ? {} : { file: { ...certificate, secretName: tlsSecret } }),
        },
        {
            ports: [{ name: "metrics", containerPort: metricsPort }],
            resources,
            readinessProbe: { httpGet: health, periodSeconds: 10, timeoutSeconds: 5 },
            livenessProbe: { httpGet: health, initialDelaySeconds: 30, periodSeconds: 60, timeoutSeconds: 10 },
        },
    );
    const deployment = new apps.Deployment(
        child("backup-metrics"),
        {
            metadata: metadata(names.metrics),
            spec: exporterSpec(metricsPods, template),
        },
        options({ dependsOn: [...operations.common.ready, ...key.ready] }),
    );
    new core.Service(
        child("backup-metrics-service"),
        {
            metadata: metadata(names.metrics, {
                labels: metricsPods.labels,
                annotations: scrapeAnnotations(settings, metricsPort),
            }),
            spec: {
                selector: metricsPods.labels,
                ports: [{ name: "metrics", port: metricsPort, targetPort: "metrics" }],
                ...ipFamilyPolicy(settings),
            },
        },
        options(),
    );
    return { credentials: [key], ready: [deployment] };
}

const health = { path: "/health", port: "metrics" };
