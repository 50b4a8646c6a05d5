// The OpenTelemetry Collector, which writes the traces that it receives to its log. A test starts it; `make up` does not.
import { containerSecurity, podSecurity, restricted } from "../components/lib/pod";
import { ensureGo } from "../tools/programs/go/build";
import { ensureImage } from "./build";
import { deployment } from "./cluster/deployment";
import { apply, kubectl, remove } from "./cluster/kubectl";
import { importImage } from "./cluster/node";
import { otelCollectorImage } from "./images/recipes/programs";
import { versions } from "./versions";

const name = "otel-collector";
const namespace = "observability";
const labels = { "app.kubernetes.io/name": name };
const metadata = { name, namespace, labels };
const ports = { grpc: 4317, http: 4318 };

/** Its Service. */
export const collectorService = `${name}.${namespace}.svc`;

const anywhere = (port: number) => ({ endpoint: `0.0.0.0:${port}` });

const config = {
    receivers: { otlp: { protocols: { grpc: anywhere(ports.grpc), http: anywhere(ports.http) } } },
    exporters: { debug: { verbosity: "detailed" } },
    service: {
        telemetry: { metrics: { level: "none" } },
        pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } },
    },
};

const container = {
    name,
    image: versions.otelCollector,
    imagePullPolicy: "IfNotPresent",
    args: [`--config=yaml:${JSON.stringify(config)}`],
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
    readinessProbe: { tcpSocket: { port: "grpc" }, periodSeconds: 1 },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: containerSecurity,
};

const objects: object[] = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: restricted } },
    deployment(metadata, {
        automountServiceAccountToken: false,
        securityContext: podSecurity(65532),
        containers: [container],
    }),
    {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: { selector: labels, ports: Object.entries(ports).map(([name, port]) => ({ name, port })) },
    },
];

/** Brings it up. It is compiled once, in some 3 minutes. */
export async function startOtelCollector(): Promise<void> {
    await ensureGo([name]);
    await importImage(await ensureImage(otelCollectorImage(versions.otelCollector)));
    await apply(objects);
    await kubectl(["-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=180s"]);
}

/** All that it has received since it was started. */
export const collected = () => kubectl(["-n", namespace, "logs", `deployment/${name}`]);

/** Takes it away. */
export async function stopOtelCollector(): Promise<void> {
    await remove(objects);
}
