import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { named } from "./named";
import { tlsSecretName } from "./tls";
import { middlewares } from "./traefik";
import { isApplicationLoadBalancer } from "./way";

const guide = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/";

const ofAws: Requirement = {
    api: "elbv2.k8s.aws/v1beta1/TargetGroupBinding",
    what: "AWS Load Balancer Controller, which makes the load balancer, is not installed",
    fix: `install it: ${guide}`,
};

/** Of the others no API can be seen: EKS runs its cloud provider beside the cluster. */
function loadBalancer(s: Resolved): Requirement[] {
    if (isApplicationLoadBalancer(s)) return [ofAws];
    if (s.edge !== "loadBalancer") return [];
    switch (s.loadBalancerController) {
        case "aws-load-balancer-controller":
            return [
                {
                    ...ofAws,
                    fix:
                        `${ofAws.fix}, or take the one that EKS has by itself: pulumi config set loadBalancerController cloud-provider-aws, ` +
                        "in Auto Mode eks-auto-mode; on another cloud: other",
                },
            ];
        case "eks-auto-mode":
            return [
                {
                    api: "eks.amazonaws.com/v1/TargetGroupBinding",
                    what: "EKS Auto Mode, which makes the load balancer, is off in this cluster",
                    fix:
                        "switch it on: https://docs.aws.amazon.com/eks/latest/userguide/migrate-auto.html, or name who makes load balancers: " +
                        "pulumi config set loadBalancerController cloud-provider-aws",
                },
            ];
        default:
            return [];
    }
}

const gatewayApi = (kind: string): Requirement => ({
    api: `gateway.networking.k8s.io/v1/${kind}`,
    what: `the Gateway API, or its ${kind}, is not installed`,
    fix:
        "install it, once for the cluster, and a controller of gateways: kubectl apply --server-side -f " +
        "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.5.0/standard-install.yaml",
});

/** A ListenerSet is standard since Gateway API 1.5. */
function gateway(s: Resolved): Requirement[] {
    if (s.edge !== "gateway") return [];
    const listeners = tlsSecretName(s) === "" ? [] : ["ListenerSet"];
    return ["HTTPRoute", ...(s.gatewayName === "" ? ["Gateway"] : listeners)].map(gatewayApi);
}

function certManager(s: Resolved): Requirement[] {
    if (s.tlsIssuer === "") return [];
    return [
        {
            api: "cert-manager.io/v1/Certificate",
            what: "cert-manager, which tlsIssuer names an issuer of, is not installed",
            fix: "install it: https://cert-manager.io/docs/installation/, and make the issuer",
        },
    ];
}

function traefik(s: Resolved): Requirement[] {
    const isNeeded = s.edge === "ingress" && s.ingressController === "traefik";
    if (!isNeeded || Object.keys(middlewares(s)).length === 0) return [];
    return [
        {
            api: "traefik.io/v1alpha1/Middleware",
            what: "the definitions of Traefik, by which it redirects and limits, are not installed",
            fix:
                "install them, once for the cluster: https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-crd/, " +
                "and switch on its provider kubernetesCRD",
        },
    ];
}

export const requirements = (s: Resolved): Requirement[] => [
    ...loadBalancer(s),
    ...gateway(s),
    ...certManager(s),
    ...traefik(s),
    ...named(s),
];
