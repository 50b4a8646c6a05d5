// What the autoscaler asks how much the pods use. A test that is about that starts it; `make up` does not.
import { waitFor } from "../tools/lib/progress";
import { ensureGo } from "../tools/programs/go/build";
import { containerSecurity, podSecurity } from "../components/lib/pod";
import { ensureImage } from "./build";
import { deployment } from "./cluster/deployment";
import { apply, kubectl, remove } from "./cluster/kubectl";
import { importImage } from "./cluster/node";
import { metricsServerImage } from "./images/recipes/programs";
import { versions } from "./versions";

const name = "metrics-server";
const namespace = "kube-system";
const port = 10250;
const labels = { "k8s-app": name };
const metadata = { name, namespace, labels };
const rbac = "rbac.authorization.k8s.io";
const apiService = "v1beta1.metrics.k8s.io";

/** A right that its ServiceAccount has by a role. */
const bound = (
    kind: "ClusterRoleBinding" | "RoleBinding",
    binding: string,
    role: string,
    roleKind = "ClusterRole",
) => ({
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name: binding, ...(kind === "RoleBinding" ? { namespace } : {}) },
    roleRef: { apiGroup: rbac, kind: roleKind, name: role },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
});

const container = {
    name,
    image: versions.metricsServer,
    imagePullPolicy: "IfNotPresent",
    args: [
        "--cert-dir=/tmp",
        `--secure-port=${port}`,
        "--kubelet-preferred-address-types=InternalIP",
        // The kubelet has signed its certificate itself.
        "--kubelet-insecure-tls",
        "--metric-resolution=15s",
    ],
    ports: [{ name: "https", containerPort: port }],
    readinessProbe: { httpGet: { path: "/readyz", port: "https", scheme: "HTTPS" }, periodSeconds: 2 },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: containerSecurity,
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
};

const objects: object[] = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRole",
        metadata: { name },
        rules: [
            { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
            { apiGroups: [""], resources: ["pods", "nodes"], verbs: ["get", "list", "watch"] },
        ],
    },
    bound("ClusterRoleBinding", name, name),
    // Who calls it is asked of the API server.
    bound("ClusterRoleBinding", `${name}-auth-delegator`, "system:auth-delegator"),
    bound("RoleBinding", `${name}-auth-reader`, "extension-apiserver-authentication-reader", "Role"),
    deployment(metadata, {
        serviceAccountName: name,
        securityContext: podSecurity(65532),
        containers: [container],
        volumes: [{ name: "tmp", emptyDir: {} }],
    }),
    {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: { selector: labels, ports: [{ port: 443, targetPort: "https" }] },
    },
    {
        apiVersion: "apiregistration.k8s.io/v1",
        kind: "APIService",
        metadata: { name: apiService },
        spec: {
            group: "metrics.k8s.io",
            version: "v1beta1",
            service: { name, namespace },
            insecureSkipTLSVerify: true,
            groupPriorityMinimum: 100,
            versionPriority: 100,
        },
    },
];

/** Brings it up, until it tells of the node. It is compiled once, in some 6 minutes. */
export async function startMetricsServer(): Promise<void> {
    await ensureGo([name]);
    await importImage(await ensureImage(metricsServerImage(versions.metricsServer)));
    await apply(objects);
    await kubectl(["-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=300s"]);
    await kubectl(["wait", "--for=condition=Available", "--timeout=300s", `apiservice/${apiService}`]);
    await waitFor("the metrics of the node", 60_000, async () => {
        return (await kubectl(["get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes"])).includes('"usage"');
    });
}

/** Takes it away. Of its API first: no namespace can be deleted while one is registered that does not answer. */
export async function stopMetricsServer(): Promise<void> {
    await remove([...objects].reverse());
}
