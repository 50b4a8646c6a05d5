// A webhook that stands in for that of a mesh: it adds a sidecar to each pod that asks for one. It runs in this process.
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { containerSecurity } from "../../components/lib/pod";
import { apply, kubectl, versions } from "../../sandbox";
import { certificateOf } from "./certificate";

const name = "injector.example.com";

/** Name of the sidecar's container, and the port at which it takes connections. */
export const sidecar = { name: "istio-proxy", port: 15_008 };

/** A native one. It proxies nothing, but a connection to its port tells that it is there, and so a NetworkPolicy let it through. */
const container = {
    name: sidecar.name,
    image: versions.images.redis,
    restartPolicy: "Always",
    command: ["redis-server", "--port", String(sidecar.port), "--save", "", "--protected-mode", "no"],
    startupProbe: { tcpSocket: { port: sidecar.port }, periodSeconds: 1 },
    securityContext: containerSecurity,
};

interface Review {
    request: { uid: string; object: { spec: { initContainers?: object[] } } };
}

function reviewed({ request: { uid, object } }: Review): object {
    const initContainers = [container, ...(object.spec.initContainers ?? [])];
    const patch = [{ op: "add", path: "/spec/initContainers", value: initContainers }];
    const response = {
        uid,
        allowed: true,
        patchType: "JSONPatch",
        patch: Buffer.from(JSON.stringify(patch)).toString("base64"),
    };
    return { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response };
}

const configuration = (port: number, authority: string, matchLabels: Record<string, string>) => ({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name },
    webhooks: [
        {
            name,
            admissionReviewVersions: ["v1"],
            sideEffects: "None",
            failurePolicy: "Fail",
            objectSelector: { matchLabels },
            rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
            clientConfig: {
                url: `https://localhost:${port}/`,
                caBundle: Buffer.from(authority).toString("base64"),
            },
        },
    ],
});

/** Adds the sidecar to pods with these labels. Returns what ends it. */
export async function startInjector(matchLabels: Record<string, string>): Promise<() => Promise<void>> {
    const { authority, certificate, key } = await certificateOf("localhost");
    const server = https.createServer({ cert: certificate, key }, (request, response) => {
        let text = "";
        request.on("data", (chunk: Buffer) => (text += chunk.toString()));
        request.on("end", () => {
            response.setHeader("content-type", "application/json");
            response.end(JSON.stringify(reviewed(JSON.parse(text) as Review)));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await apply([configuration((server.address() as AddressInfo).port, authority, matchLabels)]);
    return async () => {
        await kubectl(["delete", "mutatingwebhookconfiguration", name, "--ignore-not-found"]);
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    };
}
