import type { Labels } from "../lib/labels";
import type { Resolved } from "../parts";

interface Membership {
    labels: Labels;
    annotations: Labels;
}

/**
 * What makes a pod part of the mesh. A sidecar is asked for as a native one, which is there before the first container starts and until the
 * last one has ended: it serves as long as the pod drains.
 */
export function membership(s: Resolved): Membership {
    switch (s.mesh) {
        case "none":
            return { labels: {}, annotations: {} };
        case "istio":
            return {
                labels: {
                    "sidecar.istio.io/inject": "true",
                    ...(s.meshRevision === "" ? {} : { "istio.io/rev": s.meshRevision }),
                },
                annotations: { "sidecar.istio.io/nativeSidecar": "true" },
            };
        case "istioAmbient":
            return { labels: { "istio.io/dataplane-mode": "ambient" }, annotations: {} };
        case "linkerd":
            return {
                labels: {},
                annotations: {
                    "linkerd.io/inject": "enabled",
                    // The name that all versions take which do not do so by themselves.
                    "config.beta.linkerd.io/proxy-enable-native-sidecar": "true",
                    // For every port, and with the kubelet's probes let through, which a policy of a port would have to say.
                    "config.linkerd.io/default-inbound-policy":
                        s.meshMtls === "strict" ? "all-authenticated" : "all-unauthenticated",
                },
            };
    }
}
