// Arguments of each kind of edge, whole as they are.
import type { JustDbCloudArgs } from "../../components";

/** The pods of what stands in front. */
export const callers: JustDbCloudArgs = {
    ingressNamespace: "traefik",
    ingressPodLabels: { "app.kubernetes.io/name": "traefik" },
};
export const host = "justdb.example.com";
export const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c";

export const balanced: JustDbCloudArgs = { edge: "loadBalancer", loadBalancerSourceRanges: ["10.20.0.0/24"] };
export const ownGateway: JustDbCloudArgs = { edge: "gateway", host, gatewayClass: "traefik", ...callers };
export const sharedGateway: JustDbCloudArgs = {
    edge: "gateway",
    host,
    gatewayName: "shared",
    gatewayNamespace: "gateways",
    ...callers,
};
export const traefikIngress: JustDbCloudArgs = {
    edge: "ingress",
    host,
    ingressClass: "traefik",
    ingressController: "traefik",
    ...callers,
};
export const otherIngress: JustDbCloudArgs = { edge: "ingress", host, ingressClass: "haproxy", ...callers };
export const albIngress: JustDbCloudArgs = {
    edge: "ingress",
    host,
    ingressClass: "alb",
    ingressController: "aws-load-balancer-controller",
    loadBalancerSourceRanges: ["10.30.0.0/16"],
    edgeCidrs: ["10.20.0.0/24", "10.20.1.0/24"],
};

/** The same without some of them. */
export function without(args: JustDbCloudArgs, ...keys: (keyof JustDbCloudArgs)[]): JustDbCloudArgs {
    return Object.fromEntries(Object.entries(args).filter(([key]) => !(keys as string[]).includes(key)));
}
