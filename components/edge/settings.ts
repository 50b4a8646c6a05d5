import * as a from "../config/setting";
import { type EdgeArgs, ServiceType } from "./args";

export const schema: a.Schema<EdgeArgs> = {
    serviceType: a.choice(ServiceType, { default: "ClusterIP", example: "LoadBalancer" }),
    serviceAnnotations: a.annotations({ default: {}, example: { team: "data" } }),
    loadBalancerSourceRanges: a.cidrs({ default: [], example: ["203.0.113.0/24"] }),
    ingressNamespace: a.dnsLabel({ default: "ingress-nginx", example: "traefik" }),
    ingressPodLabels: a.podLabels({
        default: { "app.kubernetes.io/name": "ingress-nginx" },
        example: { "app.kubernetes.io/name": "traefik" },
    }),
};
