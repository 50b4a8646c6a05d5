// What is wrong in the namespaces in which the doctor is tried.
import { versions } from "../../sandbox";
import { growingStorageClass } from "./small-volume";

export const lab = "doctor-lab";
export const silent = "doctor-silent";
/** A bucket in which nothing is set as it should be. */
export const bare = "doctor-lab-bare";
/** A StorageClass whose volumes grow. */
export const growing = "doctor-growing";

export const named = (kind: string, name: string, namespace = lab) => ({ kind, metadata: { name, namespace } });

/** A pod that serves a text over HTTP, in the place of one of the stack. */
function server(name: string, port: number, text: string): object {
    const labels = { app: name };
    const script = `printf '%b' "$TEXT" > /tmp/metrics; cd /tmp; exec python3 -m http.server ${port}`;
    const container = {
        name,
        image: versions.images.postgres,
        command: ["bash", "-c", script],
        env: [{ name: "TEXT", value: text }],
        readinessProbe: { httpGet: { path: "/metrics", port }, periodSeconds: 2 },
    };
    return {
        apiVersion: "apps/v1",
        ...named("Deployment", name),
        spec: {
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers: [container] } },
        },
    };
}

/** Of an exporter that reads its bucket, and finds nothing good there. */
const badBackups = {
    justdb_backup_metrics_last_read_timestamp_seconds: 9_999_999_999,
    justdb_backup_last_success_timestamp_seconds: 1,
    justdb_backup_max_age_seconds: 86_400,
    justdb_backups_damaged: 1,
    justdb_drill_last_success_timestamp_seconds: 1,
    justdb_drill_last_good: 0,
    justdb_drill_max_age_seconds: 86_400,
    'justdb_credential_created_timestamp_seconds{credential="jwt"}': 1,
    justdb_credential_max_age_seconds: 86_400,
};
const text = Object.entries(badBackups)
    .map(([name, value]) => `${name} ${value}\\n`)
    .join("");

const bucketsOf = (schemas: string, backups: string) => ({
    apiVersion: "batch/v1",
    ...named("CronJob", "justdb-backup"),
    spec: {
        schedule: "0 0 1 1 *",
        suspend: true,
        jobTemplate: {
            spec: {
                template: {
                    spec: {
                        restartPolicy: "Never",
                        containers: [
                            {
                                name: "none",
                                image: versions.images.postgres,
                                env: [
                                    { name: "SCHEMAS_BUCKET", value: schemas },
                                    { name: "BACKUPS_BUCKET", value: backups },
                                ],
                            },
                        ],
                    },
                },
            },
        },
    },
});

const image = "docker.io/justdb/absent:1";

/** Everything that is wrong in a namespace of its own. */
export const wrong = (): object[] => [
    ...[lab, silent].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    { apiVersion: "v1", ...named("ResourceQuota", "team"), spec: { hard: { pods: "9" } } },
    {
        apiVersion: "v1",
        kind: "LimitRange",
        metadata: {
            name: "justdb-limits",
            namespace: lab,
            annotations: { "justdb-cloud/owner": "justdb-cloud/another/justdb-namespace" },
        },
        spec: { limits: [{ type: "PersistentVolumeClaim", max: { storage: "100Gi" } }] },
    },
    { apiVersion: "v1", ...named("Secret", "unwatched"), stringData: { password: "one-of-the-lab-only" } },
    server("justdb-backup-metrics", 9187, text),
    server("justdb-cloud", 8080, "an app"),
    bucketsOf(bare, "doctor-lab-gone"),
    {
        apiVersion: "v1",
        ...named("Pod", "pulls"),
        spec: { terminationGracePeriodSeconds: 0, containers: [{ name: "pulls", image }] },
    },
    {
        apiVersion: "postgresql.cnpg.io/v1",
        ...named("Cluster", "justdb-db"),
        spec: {
            instances: 1,
            imageName: "docker.io/justdb/absent:15",
            storage: { size: "1Gi", storageClass: growing },
        },
    },
    { apiVersion: "apps/v1", ...silentExporter() },
    {
        apiVersion: "networking.k8s.io/v1",
        kind: "IngressClass",
        metadata: { name: lab },
        spec: { controller: "k8s.io/ingress-nginx" },
    },
    {
        apiVersion: "networking.k8s.io/v1",
        ...named("Ingress", "old"),
        spec: {
            ingressClassName: lab,
            defaultBackend: { service: { name: "none", port: { number: 80 } } },
        },
    },
    // It is placed on no node.
    {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: lab, namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } },
        spec: {
            selector: { matchLabels: { app: lab } },
            template: {
                metadata: { labels: { app: lab } },
                spec: {
                    nodeSelector: { [lab]: "none" },
                    containers: [
                        { name: "cache", image: versions.images.redis, args: ["-localip", "169.254.20.10,10.96.0.10"] },
                    ],
                },
            },
        },
    },
    { apiVersion: "v1", ...named("ServiceAccount", "deployer") },
    growingStorageClass(growing),
];

function silentExporter() {
    const labels = { app: "justdb-backup-metrics" };
    const container = { name: "none", image: versions.images.redis };
    return {
        ...named("Deployment", "justdb-backup-metrics", silent),
        spec: {
            replicas: 0,
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: { containers: [container] } },
        },
    };
}
