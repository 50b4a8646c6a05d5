import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";

const orNone = "or do without: pulumi config set mesh none";

export function requirements({ mesh }: Resolved): Requirement[] {
    switch (mesh) {
        case "none":
            return [];
        case "istio":
        case "istioAmbient":
            return [
                {
                    api: "security.istio.io/v1/PeerAuthentication",
                    what: "Istio, whose mesh the app is to be in, is not installed",
                    fix: `install it, with its CNI plugin: https://istio.io/latest/docs/setup/install/, ${orNone}`,
                },
            ];
        case "linkerd":
            return [
                {
                    api: "policy.linkerd.io/v1alpha1/AuthorizationPolicy",
                    what: "Linkerd, whose mesh the app is to be in, is not installed",
                    fix: `install it, with its CNI plugin: https://linkerd.io/2/features/cni/, ${orNone}`,
                },
            ];
    }
}
