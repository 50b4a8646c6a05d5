import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import { appPods, names } from "../app/names";
import type { Cluster, Waited } from "../lib/scope";

/** From whom the app's pods take connections, as Istio is told; Linkerd reads it on the pods themselves. */
export function createMesh({ settings, child, metadata, options }: Cluster): Waited {
    if (settings.mesh !== "istio" && settings.mesh !== "istioAmbient") return { ready: [] };
    const authentication = new apiextensions.CustomResource(
        child("peer-authentication"),
        {
            apiVersion: "security.istio.io/v1",
            kind: "PeerAuthentication",
            metadata: metadata(names.app, { labels: appPods.labels }),
            spec: { selector: { matchLabels: appPods.labels }, mtls: { mode: settings.meshMtls.toUpperCase() } },
        },
        options(),
    );
    return { ready: [authentication] };
}
