// What the settings of the edge name in the cluster, outside of the stack's namespace: in that, it may well be made after the namespace is.
import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";

const unless = "if it comes later, or by this update: pulumi config set edgePreflight false";

const gatewayApi = "gateway.networking.k8s.io/v1";

/** An object of the whole cluster. */
function ofCluster(api: string, key: string, name: string, why: string): Requirement {
    const kind = api.split("/").at(-1)!.toLowerCase();
    return {
        api,
        object: { name, namespace: "", listeners: [] },
        what: `${key} names what is not in the cluster: ${why}`,
        fix: `set ${key} to one that kubectl get ${kind} lists, or make it; ${unless}`,
    };
}

function ingressClass({ edge, ingressClass }: Resolved): Requirement[] {
    if (edge !== "ingress") return [];
    const why = "no controller would read the Ingress";
    return [ofCluster("networking.k8s.io/v1/IngressClass", "ingressClass", ingressClass, why)];
}

function gatewayClass({ edge, gatewayClass }: Resolved): Requirement[] {
    if (edge !== "gateway" || gatewayClass === "") return [];
    const why = "no controller would take the Gateway";
    return [ofCluster(`${gatewayApi}/GatewayClass`, "gatewayClass", gatewayClass, why)];
}

function issuer({ tlsIssuer }: Resolved): Requirement[] {
    const [kind, name = ""] = tlsIssuer.split("/");
    if (kind !== "ClusterIssuer") return [];
    const why = "no certificate would be made";
    return [ofCluster("cert-manager.io/v1/ClusterIssuer", "tlsIssuer", name, why)];
}

function sharedGateway(s: Resolved): Requirement[] {
    if (s.edge !== "gateway" || ["", s.namespace].includes(s.gatewayNamespace)) return [];
    return [
        {
            api: `${gatewayApi}/Gateway`,
            object: {
                name: s.gatewayName,
                namespace: s.gatewayNamespace,
                listeners: [s.gatewaySection, s.gatewayRedirectSection].filter((name) => name !== ""),
            },
            what: "gatewayName names a Gateway that is not in the cluster, or gatewaySection or gatewayRedirectSection a listener that it does not have: no request would arrive",
            fix:
                "set gatewayName, gatewayNamespace and the sections to what kubectl get gateway -A and kubectl describe gateway tell, " +
                `or make it; ${unless}`,
        },
    ];
}

export const named = (s: Resolved): Requirement[] =>
    s.edgePreflight ? [...ingressClass(s), ...gatewayClass(s), ...sharedGateway(s), ...issuer(s)] : [];
