// Traefik as its chart installs it: two pods behind a Service, for Ingresses, for the Gateway API and for its own kinds.
import { containerSecurity, podSecurity, restricted } from "../../components/lib/pod";
import { deployment } from "../cluster/deployment";
import { versions } from "../versions";

export const name = "traefik";
export const namespace = "traefik";

const labels = { "app.kubernetes.io/name": name };
const metadata = { name, namespace, labels };
const address = `${name}.${namespace}.svc.cluster.local`;

/** Name of an entry point -> port of the pods, and of the Service. */
export const ports = { web: { pod: 8000, service: 80 }, websecure: { pod: 8443, service: 443 } };

const args = [
    "--global.checkNewVersion=false",
    "--global.sendAnonymousUsage=false",
    "--ping",
    ...Object.entries(ports).map(([entry, { pod }]) => `--entryPoints.${entry}.address=:${pod}`),
    "--entryPoints.websecure.http.tls",
    "--providers.kubernetesCRD.allowEmptyServices",
    "--providers.kubernetesIngress.allowEmptyServices",
    `--providers.kubernetesIngress.ingressEndpoint.hostname=${address}`,
    `--providers.kubernetesGateway.statusAddress.hostname=${address}`,
];

const container = {
    name,
    image: versions.traefik,
    imagePullPolicy: "IfNotPresent",
    args,
    ports: Object.entries(ports).map(([entry, { pod }]) => ({ name: entry, containerPort: pod })),
    readinessProbe: { httpGet: { path: "/ping", port: 8080 }, periodSeconds: 2 },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: containerSecurity,
};

const binding = (role: string) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: role },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
});

/** Its objects, with a right to each of these roles. Both classes have its name. */
export const traefikObjects = (roles: string[]): object[] => [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: restricted } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    ...roles.map(binding),
    {
        apiVersion: "networking.k8s.io/v1",
        kind: "IngressClass",
        metadata: { name },
        spec: { controller: "traefik.io/ingress-controller" },
    },
    {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "GatewayClass",
        metadata: { name },
        spec: { controllerName: "traefik.io/gateway-controller" },
    },
    deployment(metadata, { serviceAccountName: name, securityContext: podSecurity(65532), containers: [container] }, 2),
    {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: {
            selector: labels,
            ports: Object.entries(ports).map(([entry, { pod, service }]) => ({
                name: entry,
                port: service,
                targetPort: pod,
            })),
        },
    },
];
