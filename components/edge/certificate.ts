import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import type { Cluster } from "../lib/scope";
import { names } from "./names";

/** The certificate of the host, which cert-manager makes and renews, where it is asked to. */
export function createCertificate({ settings, child, metadata, options }: Cluster): void {
    if (settings.tlsIssuer === "") return;
    const [kind, name] = settings.tlsIssuer.split("/");
    new apiextensions.CustomResource(
        child("certificate"),
        {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: metadata(names.tls, { annotations: { "pulumi.com/waitFor": "condition=Ready" } }),
            spec: {
                secretName: names.tls,
                dnsNames: [settings.host],
                // With each certificate a new key; older versions keep the first one for good.
                privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
                issuerRef: { group: "cert-manager.io", kind, name },
            },
        },
        options(),
    );
}
