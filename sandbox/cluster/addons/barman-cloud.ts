// CloudNativePG's plugin for barman-cloud, from the manifest that its own module carries.
import * as yaml from "js-yaml";
import { moduleFile } from "../../../tools/programs/go/module-file";
import { versions } from "../../versions";
import { ensureSelfSigned } from "../pki";

interface Manifest {
    apiVersion: string;
    kind: string;
    spec: { template: { spec: { containers: [Container] } } };
}

interface Container {
    args: string[];
    [key: string]: unknown;
}

/** The names that the certificates stand for; the plugin's Service and its Deployment know their Secrets. */
const certificates = ["barman-cloud", "barman-cloud-client"];
const secretNames: Record<string, string> = {
    "barman-cloud": "barman-cloud-server-tls",
    "barman-cloud-client": "barman-cloud-client-tls",
};

/** The operator finds the plugin by its Service. Between the two, each knows the other's certificate. */
export async function barmanObjects(): Promise<object[]> {
    const text = await moduleFile("plugin-barman-cloud", "barman-plugin", "manifest.yaml");
    const objects = (yaml.loadAll(text) as (Manifest | null)[]).filter((object) => object !== null);
    for (const { kind, spec } of objects) if (kind === "Deployment") adapt(spec.template.spec.containers[0]);
    return [
        ...(await Promise.all(certificates.map(secret))),
        // cert-manager is not here; the one Secret names the sidecar's image, which stands in the Deployment.
        ...objects.filter(({ apiVersion, kind }) => !apiVersion.startsWith("cert-manager.io/") && kind !== "Secret"),
    ];
}

/** One pod has nobody to be elected against, and is asked sooner than after ten seconds. */
function adapt(container: Container): void {
    Object.assign(container, {
        image: versions.images.barmanPlugin,
        imagePullPolicy: "IfNotPresent",
        args: container.args.filter((arg) => arg !== "--leader-elect" && !arg.startsWith("--log-level")),
        env: [{ name: "SIDECAR_IMAGE", value: versions.images.barmanSidecar }],
        readinessProbe: { tcpSocket: { port: 9090 }, periodSeconds: 2 },
        resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "256Mi" } },
    });
}

async function secret(name: string): Promise<object> {
    const { certificate, key } = await ensureSelfSigned(name);
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: secretNames[name], namespace: "cnpg-system" },
        type: "kubernetes.io/tls",
        stringData: { "tls.crt": certificate, "tls.key": key },
    };
}
