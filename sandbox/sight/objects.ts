// The Prometheus that the operator runs: it reads every monitor and every rule of the cluster.
import { podSecurity } from "../../components/lib/pod";
import { prometheusUser } from "../images/recipes/prometheus";
import { metadata, name, namespace } from "../prometheus/objects";
import { versions } from "../versions";
import { kubelets } from "./operator";

const monitoring = "monitoring.coreos.com/v1";
const rbac = "rbac.authorization.k8s.io";

/** Of all namespaces. */
const everyOne = Object.fromEntries(
    ["serviceMonitor", "podMonitor", "rule"].flatMap((kind) => [
        [`${kind}Selector`, {}],
        [`${kind}NamespaceSelector`, {}],
    ]),
);

const find = ["get", "list", "watch"];

/** What it finds pods by, and the metrics of kubelets. */
const rights = [
    { apiGroups: [""], resources: ["services", "endpoints", "pods"], verbs: find },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: find },
    { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
];

/** The Service of kubelets has no selector: the operator writes its endpoints. */
const kubeletMonitor = {
    apiVersion: monitoring,
    kind: "ServiceMonitor",
    metadata: { name: kubelets.name, namespace },
    spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": kubelets.name } },
        namespaceSelector: { matchNames: [kubelets.namespace] },
        endpoints: [
            {
                port: "https-metrics",
                scheme: "https",
                interval: "10s",
                // The kubelet has signed its certificate itself.
                tlsConfig: { insecureSkipVerify: true },
                bearerTokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token",
                // Whose volume it is, and not who tells of it.
                honorLabels: true,
            },
        ],
    },
};

export const rightsObjects: object[] = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    { apiVersion: `${rbac}/v1`, kind: "ClusterRole", metadata: { name }, rules: rights },
    {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
        subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
];

const [, version] = versions.prometheus.split(":");

/** Of the operator's kinds. */
export const monitoringObjects: object[] = [
    kubeletMonitor,
    {
        apiVersion: monitoring,
        kind: "Prometheus",
        metadata,
        spec: {
            image: versions.prometheus,
            imagePullPolicy: "IfNotPresent",
            // By which the operator knows what it may tell it.
            version,
            portName: "http",
            evaluationInterval: "5s",
            serviceAccountName: name,
            securityContext: podSecurity(prometheusUser),
            resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
            ...everyOne,
        },
    },
];
