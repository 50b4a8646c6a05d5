// Prometheus, which reads the metrics of the pods that it is told of.
import * as yaml from "js-yaml";
import { containerSecurity, podSecurity, restricted } from "../../components/lib/pod";
import { nodeAddress } from "../cluster/addresses";
import { deployment } from "../cluster/deployment";
import { prometheusUser } from "../images/recipes/prometheus";
import { versions } from "../versions";

export const name = "prometheus";
/** As the setting monitoringNamespace has it by default. */
export const namespace = "monitoring";
export const port = 9090;
/** Of its pods, as the Prometheus operator has them too. */
const labels = { "app.kubernetes.io/name": name };
export const metadata = { name, namespace, labels };

/** Where pods of the cluster ask it. */
export const prometheusUrl = `http://${name}.${namespace}.svc.cluster.local:${port}`;

/** Where the node tells of the app's pods. */
export const targetsPort = 9098;

const targets = { url: `http://${nodeAddress}:${targetsPort}`, refresh_interval: "2s" };
const config = {
    global: { scrape_interval: "2s" },
    scrape_configs: [{ job_name: "app", metrics_path: "/actuator/prometheus", http_sd_configs: [targets] }],
};

const container = {
    name,
    image: versions.prometheus,
    imagePullPolicy: "IfNotPresent",
    args: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/data"],
    ports: [{ name: "http", containerPort: port }],
    readinessProbe: { httpGet: { path: "/-/ready", port: "http" }, periodSeconds: 1 },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: containerSecurity,
    volumeMounts: [
        { name: "config", mountPath: "/etc/prometheus" },
        { name: "data", mountPath: "/data" },
    ],
};

/** Where it runs, and what it is reached by, whoever makes its pods. */
export const surroundings: object[] = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: restricted } },
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [{ port, targetPort: "http" }] } },
];

export const prometheusObjects: object[] = [
    ...surroundings,
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "prometheus.yml": yaml.dump(config) } },
    deployment(metadata, {
        automountServiceAccountToken: false,
        securityContext: podSecurity(prometheusUser),
        containers: [container],
        volumes: [
            { name: "config", configMap: { name } },
            { name: "data", emptyDir: {} },
        ],
    }),
];
