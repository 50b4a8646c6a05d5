import * as a from "../config/setting";
import { type EdgeArgs, LoadBalancerController, LoadBalancerScheme, ServiceType, SessionAffinity } from "./args";
import { leastDrain, takesAffinity } from "./controllers";

export const schema: a.Schema<EdgeArgs> = {
    serviceType: a.choice(ServiceType, { default: "ClusterIP", example: "LoadBalancer" }),
    serviceAnnotations: a.annotations({ default: {}, example: { team: "data" } }),
    loadBalancerController: a.choice(LoadBalancerController, {
        default: "aws-load-balancer-controller",
        example: "cloud-provider-aws",
    }),
    loadBalancerScheme: a.choice(LoadBalancerScheme, { default: "internal", example: "internet-facing" }),
    loadBalancerSourceRanges: a.cidrs({ default: [], example: ["203.0.113.0/24"] }),
    sessionAffinity: a.choice(SessionAffinity, {
        default: (s) => (takesAffinity(s) ? "ClientIP" : "None"),
        example: "None",
    }),
    drainSeconds: a.integer(1, 300, { default: leastDrain, example: 60 }),
    ingressNamespace: a.dnsLabel({ default: "ingress-nginx", example: "traefik" }),
    ingressPodLabels: a.podLabels({
        default: { "app.kubernetes.io/name": "ingress-nginx" },
        example: { "app.kubernetes.io/name": "traefik" },
    }),
};
