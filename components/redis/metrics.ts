import * as apps from "@pulumi/kubernetes/apps/v1";
import * as pulumi from "@pulumi/pulumi";
import { authorityAnnotations, authorityMounts, authorityVolumes } from "../lib/authority";
import { secretChecksum } from "../lib/checksum";
import { containerSecurity, podTemplate } from "../lib/pod";
import type { Cluster } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import { createServiceAccount } from "../lib/service-account";
import { inUrl } from "../lib/url";
import type { SecretKey } from "../secrets/secrets";
import { scrapeAnnotations } from "../sight/annotations";
import { exporterSpec } from "../sight/exporter";
import { createMetricsService } from "../sight/service";
import { metricsName, metricsPods, metricsPort } from "./names";
import type { Redis } from "./redis";

/** The user of the exporter's image. */
const exporterUid = 59_000;

/** One pod that tells Prometheus of Redis, wherever that is, as any client of it: Redis' own pod stays as it is. */
export function createRedisMetrics(cluster: Cluster, redis: Redis, password: SecretKey): void {
    const { settings, child, metadata, options } = cluster;
    if (!settings.redisMetrics) return;
    const account = createServiceAccount(cluster, "redis-metrics-account", metricsName);
    const annotations = {
        ...(password.value ? { "justdb.cloud/secrets": secretChecksum([password.value]) } : {}),
        ...authorityAnnotations([redis.authority]),
    };
    const template = podTemplate(cluster, {
        labels: metricsPods.labels,
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
        account: metricsName,
        uid: exporterUid,
        containers: [container(settings.redisExporterImage, redis, password)],
        volumes: authorityVolumes([redis.authority]),
    });
    new apps.Deployment(
        child("redis-metrics"),
        {
            metadata: metadata(metricsName, { labels: metricsPods.labels }),
            spec: exporterSpec(metricsPods, template),
        },
        options({ dependsOn: [account] }),
    );
    createMetricsService(cluster, {
        suffix: "redis-metrics-service",
        name: metricsName,
        selector: metricsPods.labels,
        port: { name: "metrics", port: metricsPort },
        annotations: scrapeAnnotations(settings, metricsPort),
    });
}

const addressOf = ({ host, port, tls }: Redis): pulumi.Output<string> =>
    pulumi.interpolate`${tls ? "rediss" : "redis"}://${host.apply(inUrl)}:${port}`;

function container(image: string, redis: Redis, password: SecretKey) {
    const { user, authority } = redis;
    // It answers without asking Redis: that Redis is down is what it is there to tell.
    const health = { httpGet: { path: "/health", port: "metrics" }, timeoutSeconds: 5 };
    return {
        name: "exporter",
        image,
        imagePullPolicy: "IfNotPresent",
        ports: [{ name: "metrics", containerPort: metricsPort }],
        env: [
            { name: "REDIS_ADDR", value: addressOf(redis) },
            ...(user === "" ? [] : [{ name: "REDIS_USER", value: user }]),
            secretVariable("REDIS_PASSWORD", password),
            ...(authority ? [{ name: "REDIS_EXPORTER_TLS_CA_CERT_FILE", value: authority.file }] : []),
            // Whoever may scrape could have it log in to any other server, with this password.
            { name: "REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT", value: "true" },
        ],
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "250m", memory: "128Mi" } },
        readinessProbe: { ...health, periodSeconds: 10 },
        livenessProbe: { ...health, initialDelaySeconds: 30, periodSeconds: 60 },
        securityContext: containerSecurity,
        ...(authority ? { volumeMounts: authorityMounts([authority]) } : {}),
    };
}
