import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { secretChecksum } from "./lib/checksum";
import type { Context } from "./lib/context";
import { names, ports, selectors } from "./lib/names";
import { containerSecurity, podSecurity } from "./lib/pod-security";
import { redisCpu } from "./lib/quota";
import { redisConf } from "./redis-conf";
import type { SecretKey } from "./secrets";

export interface Redis {
    host: pulumi.Output<string>;
    port: number;
    tls: boolean;
    /** What the app waits for. */
    ready: pulumi.Resource[];
}

/** The user of the official image. */
const redisUser = 999;

export function createRedis(context: Context, password: SecretKey): Redis {
    const { settings } = context;
    if (settings.redisMode === "external") {
        const { redisHost, redisPort: port, redisTls: tls } = settings;
        return { host: pulumi.output(redisHost), port, tls, ready: [] };
    }
    return {
        host: pulumi.output(names.redis),
        port: ports.redis,
        tls: false,
        ready: createInCluster(context, password),
    };
}

function createInCluster(context: Context, password: SecretKey): pulumi.Resource[] {
    const { settings, child, metadata, options } = context;
    const conf = pulumi.secret(password.value!).apply((value) => redisConf(value, settings.redisMemory));

    const account = new core.ServiceAccount(
        child("redis-account"),
        { metadata: metadata(names.redis), automountServiceAccountToken: false },
        options(),
    );
    const secret = new core.Secret(
        child("redis-config"),
        { metadata: metadata(names.redis), type: "Opaque", stringData: { "redis.conf": conf } },
        options(),
    );
    const service = new core.Service(
        child("redis-service"),
        {
            metadata: metadata(names.redis, { labels: selectors.redis }),
            spec: { selector: selectors.redis, ports: [{ name: "redis", port: ports.redis, targetPort: "redis" }] },
        },
        options(),
    );
    // The Service is ready once it has a pod to send to, so the pods must not wait for it.
    return [createStatefulSet(context, password, conf, [account, secret]), service];
}

function createStatefulSet(
    { settings, child, metadata, stateful }: Context,
    password: SecretKey,
    conf: pulumi.Output<string>,
    dependsOn: pulumi.Resource[],
): apps.StatefulSet {
    const size = { memory: settings.redisMemory };
    // PING fails with NOAUTH without a password, and with LOADING until the file is read; -e makes both an exit code.
    const ping = { exec: { command: ["redis-cli", "-e", "ping"] }, timeoutSeconds: 3, failureThreshold: 3 };
    return new apps.StatefulSet(
        child("redis"),
        {
            metadata: metadata(names.redis, { labels: selectors.redis }),
            spec: {
                serviceName: names.redis,
                replicas: 1,
                selector: { matchLabels: selectors.redis },
                persistentVolumeClaimRetentionPolicy: {
                    whenDeleted: settings.protect ? "Retain" : "Delete",
                    whenScaled: "Retain",
                },
                template: {
                    metadata: {
                        labels: selectors.redis,
                        annotations: { "justdb.cloud/secrets": secretChecksum([conf]) },
                    },
                    spec: {
                        serviceAccountName: names.redis,
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: podSecurity(redisUser),
                        imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
                        containers: [
                            {
                                name: "redis",
                                image: settings.redisImage,
                                imagePullPolicy: "IfNotPresent",
                                command: ["redis-server", "/etc/redis/redis.conf"],
                                ports: [{ name: "redis", containerPort: ports.redis }],
                                env: [
                                    {
                                        name: "REDISCLI_AUTH",
                                        valueFrom: { secretKeyRef: { name: password.name, key: password.key } },
                                    },
                                ],
                                resources: {
                                    requests: { cpu: redisCpu.request, ...size },
                                    limits: { cpu: redisCpu.limit, ...size },
                                },
                                readinessProbe: { ...ping, periodSeconds: 5 },
                                livenessProbe: {
                                    ...ping,
                                    initialDelaySeconds: 30,
                                    periodSeconds: 10,
                                    failureThreshold: 6,
                                },
                                securityContext: containerSecurity,
                                volumeMounts: [
                                    { name: "data", mountPath: "/data" },
                                    { name: "config", mountPath: "/etc/redis", readOnly: true },
                                ],
                            },
                        ],
                        volumes: [{ name: "config", secret: { secretName: names.redis, defaultMode: 0o440 } }],
                    },
                },
                volumeClaimTemplates: [
                    {
                        metadata: { name: "data" },
                        spec: {
                            accessModes: ["ReadWriteOnce"],
                            ...(settings.redisStorageClass === ""
                                ? {}
                                : { storageClassName: settings.redisStorageClass }),
                            resources: { requests: { storage: settings.redisStorageSize } },
                        },
                    },
                ],
            },
        },
        stateful({ dependsOn }),
    );
}
