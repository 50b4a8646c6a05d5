import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { type Authority, createAuthority } from "../lib/authority";
import { checksum, secretChecksum } from "../lib/checksum";
import { containerSecurity, podTemplate } from "../lib/pod";
import type { Cluster, Waited } from "../lib/scope";
import { secretData } from "../lib/secret-data";
import { ipFamilyPolicy } from "../lib/service";
import { createServiceAccount } from "../lib/service-account";
import type { Resolved } from "../parts";
import type { SecretKey } from "../secrets/secrets";
import { createAccepted } from "./accepted";
import { redisName, redisPods, redisPort } from "./names";
import { createHashOf, given, hashes } from "./passwords";
import { redisConf } from "./redis-conf";

/** Ready when it answers. */
export interface Redis extends Waited {
    host: pulumi.Output<string>;
    port: number;
    /** Whom clients log in as; empty: the default user. */
    user: string;
    tls: boolean;
    /** What it is verified by, where that is not the public authorities. */
    authority?: Authority;
}

/** The user of the official image. */
const redisUid = 999;
/** Its volume, what it runs with, and its configuration. */
const folders = ["/data", "/run/redis", "/etc/redis"] as const;
const [data, run, etc] = folders;
/** Of the official image. */
const usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const script = (file: string) => readFileSync(join(__dirname, file), "utf8");

export function createRedis(cluster: Cluster, password: SecretKey): Redis {
    const { redisMode, redisHost, redisPort: port, redisUser: user, redisTls: tls } = cluster.settings;
    if (redisMode === "external") {
        const authority = createAuthority(cluster, "redis", cluster.settings.redisCaCertificates);
        return { host: pulumi.output(redisHost), port, user, tls, authority, ready: authority?.ready ?? [] };
    }
    const server = createInCluster(cluster, password);
    return { host: pulumi.output(redisName), port: redisPort, user: "", tls: false, ...server };
}

function createInCluster(cluster: Cluster, password: SecretKey): Waited {
    const { settings, child, metadata, options } = cluster;
    const files = {
        "redis.conf": redisConf(settings.redisMemory),
        "redis-cli": script("redis-cli.sh"),
        "users.sh": script("users.sh"),
    };
    const account = createServiceAccount(cluster, "redis-account", redisName);
    const secret = new core.Secret(
        child("redis-config"),
        { metadata: metadata(redisName), type: "Opaque", data: pulumi.secret(secretData(files)) },
        options(),
    );
    const service = new core.Service(
        child("redis-service"),
        {
            metadata: metadata(redisName, { labels: redisPods.labels }),
            spec: {
                selector: redisPods.labels,
                ports: [{ name: "redis", port: redisPort, targetPort: "redis" }],
                ...ipFamilyPolicy(settings),
            },
        },
        options(),
    );
    // The Service is ready once it has a pod to send to, so the pods must not wait for it.
    const hash = password.value ? [createHashOf(cluster, password.value, settings.redisPasswordGeneration)] : [];
    const statefulSet = createStatefulSet(cluster, password, files, [account, secret, ...hash]);
    const accepted = createAccepted(cluster, password, redisUid, [...hash, statefulSet, service]);
    return { ready: [statefulSet, service, ...accepted.ready] };
}

function createStatefulSet(
    cluster: Cluster,
    password: SecretKey,
    files: Record<string, string>,
    ready: pulumi.Resource[],
): apps.StatefulSet {
    const { settings, child, metadata, stateful } = cluster;
    const own = metadata(redisName, { labels: redisPods.labels });
    const restarted = restartedFor(settings, password);
    const template = podTemplate(cluster, {
        labels: redisPods.labels,
        annotations: {
            "justdb.cloud/config": checksum(JSON.stringify(files)),
            ...(restarted.length === 0 ? {} : { "justdb.cloud/secrets": secretChecksum(restarted) }),
        },
        account: redisName,
        uid: redisUid,
        containers: [container(cluster)],
        volumes: [
            {
                // Not "config": version 1.0.0 has one of another kind by that name, under a field manager of its own, so an update
                // would ask for both.
                name: "configuration",
                projected: {
                    defaultMode: 0o440,
                    sources: [
                        {
                            secret: {
                                name: redisName,
                                items: Object.keys(files).map((key) => ({
                                    key,
                                    path: key,
                                    ...(key === "redis-cli" ? { mode: 0o550 } : {}),
                                })),
                            },
                        },
                        ...hashes,
                        ...(password.value ? [] : [given(password)]),
                    ],
                },
            },
            { name: "run", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
        ],
    });
    const volume = createVolumeId(cluster);
    return new apps.StatefulSet(
        child("redis"),
        {
            metadata: { ...own, annotations: { ...own.annotations, "justdb.cloud/volume": volume } },
            spec: {
                serviceName: redisName,
                replicas: 1,
                selector: { matchLabels: redisPods.labels },
                persistentVolumeClaimRetentionPolicy: {
                    whenDeleted: settings.protect ? "Retain" : "Delete",
                    whenScaled: "Retain",
                },
                template,
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
        stateful({ dependsOn: ready }),
    );
}

/**
 * One id a volume. Another volume replaces the StatefulSet, and the API server, asked in a preview, takes its creation for a change of the one
 * that is there, and refuses. It is not asked about an object of which anything is not known yet, as a new id.
 */
function createVolumeId({ settings, child, options }: Cluster): pulumi.Output<string> {
    const keepers = { size: settings.redisStorageSize, storageClass: settings.redisStorageClass };
    return new RandomId(child("redis-volume"), { byteLength: 4, keepers }, options()).hex;
}

/** A given password has no generation: Redis starts anew with another one, as the pods of the app do. */
const restartedFor = ({ redisPassword }: Resolved, { value }: SecretKey) => (redisPassword === "" ? [] : [value!]);

function container({ settings }: Cluster) {
    const memory = settings.redisMemory;
    // PING fails with NOAUTH without a password, and with LOADING until the file is read; -e makes both an exit code.
    const ping = { exec: { command: ["redis-cli", "-e", "ping"] }, timeoutSeconds: 3, failureThreshold: 3 };
    return {
        name: "redis",
        image: settings.redisImage,
        imagePullPolicy: "IfNotPresent",
        command: ["sh", "-c", script("start.sh"), "start.sh", ...folders],
        ports: [{ name: "redis", containerPort: redisPort }],
        // Its redis-cli is the one that knows the pod's own password.
        env: [{ name: "PATH", value: `${etc}:${usualPath}` }],
        resources: { requests: { cpu: "50m", memory }, limits: { cpu: "500m", memory } },
        readinessProbe: {
            ...ping,
            exec: { command: ["sh", "-c", script("ready.sh"), "ready.sh", ...folders] },
            periodSeconds: 5,
        },
        livenessProbe: { ...ping, initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 6 },
        securityContext: containerSecurity,
        volumeMounts: [
            { name: "data", mountPath: data },
            { name: "configuration", mountPath: etc, readOnly: true },
            { name: "run", mountPath: run },
        ],
    };
}
