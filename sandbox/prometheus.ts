// Prometheus, which reads the metrics of the app's pods in one namespace. A test starts it.
import * as yaml from "js-yaml";
import { appPods, appPort } from "../components/app/names";
import { containerSecurity, podSecurity, restricted } from "../components/lib/pod";
import { ensureImage } from "./build";
import { apply, kubectl } from "./cluster/kubectl";
import { importImage } from "./cluster/node";
import { prometheusImage, prometheusUser } from "./images/recipes/prometheus";
import { versions } from "./versions";

const name = "prometheus";
/** As the setting monitoringNamespace has it by default. */
const namespace = "monitoring";
const port = 9090;
const labels = { "app.kubernetes.io/name": name };
const metadata = { name, namespace, labels };

/** Where pods of the cluster ask it. */
export const prometheusUrl = `http://${name}.${namespace}.svc.cluster.local:${port}`;

const keep = (label: string, regex: string) => ({
    source_labels: [`__meta_kubernetes_pod_${label}`],
    regex,
    action: "keep",
});

/** Each series has its pod's name and namespace, as those of the Prometheus operator do. */
const config = (scraped: string) => ({
    global: { scrape_interval: "2s" },
    scrape_configs: [
        {
            job_name: "app",
            metrics_path: "/actuator/prometheus",
            kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [scraped] } }],
            relabel_configs: [
                ...Object.entries(appPods.labels).map(([label, value]) => keep(`label_${label}`, value)),
                keep("container_port_number", String(appPort)),
                { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
                { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
            ],
        },
    ],
});

const container = {
    name,
    image: versions.prometheus,
    imagePullPolicy: "IfNotPresent",
    args: [
        "--config.file=/etc/prometheus/prometheus.yml",
        "--storage.tsdb.path=/data",
        "--web.console.libraries=/data",
    ],
    ports: [{ name: "http", containerPort: port }],
    readinessProbe: { httpGet: { path: "/-/ready", port: "http" }, periodSeconds: 1 },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: containerSecurity,
    volumeMounts: [
        { name: "config", mountPath: "/etc/prometheus" },
        { name: "data", mountPath: "/data" },
    ],
};

const rights = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name },
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
};

const binding = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
};

const objects = (scraped: string): object[] => [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: restricted } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    rights,
    binding,
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "prometheus.yml": yaml.dump(config(scraped)) } },
    {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata,
        spec: {
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: {
                    serviceAccountName: name,
                    securityContext: podSecurity(prometheusUser),
                    containers: [container],
                    volumes: [
                        { name: "config", configMap: { name } },
                        { name: "data", emptyDir: {} },
                    ],
                },
            },
        },
    },
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [{ port, targetPort: "http" }] } },
];

/** Brings it up for the pods of a namespace. */
export async function startPrometheus(scraped: string): Promise<void> {
    await importImage(await ensureImage(prometheusImage(versions.prometheus)));
    await apply(objects(scraped));
    await kubectl(["-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=180s"]);
}

/** Takes it away. */
export async function stopPrometheus(): Promise<void> {
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects("") });
    await kubectl(["delete", "--ignore-not-found", "--wait", "-f", "-"], list);
}
