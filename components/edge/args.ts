/** How the service is reached from outside the namespace. */
export const ServiceType = {
    /** Inside the cluster only; an ingress controller stands in front. */
    ClusterIP: "ClusterIP",
    /** A load balancer of the cloud provider. */
    LoadBalancer: "LoadBalancer",
} as const;
export type ServiceType = (typeof ServiceType)[keyof typeof ServiceType];

export interface EdgeArgs {
    /**
     * How the service is reached: ClusterIP (behind an ingress controller) or LoadBalancer.
     * @default "ClusterIP"
     * @example "LoadBalancer"
     */
    serviceType?: ServiceType;

    /**
     * Annotations of the Service, for example those that a cloud's load balancer reads.
     * @default {}
     * @example {"service.beta.kubernetes.io/aws-load-balancer-type": "external"}
     */
    serviceAnnotations?: { [key: string]: string };

    /**
     * CIDRs of the clients that may use the load balancer. Required with serviceType LoadBalancer, which must keep its clients' addresses, as AWS's network load balancer does. A range that holds the pods' addresses admits them too.
     * @default []
     * @example ["203.0.113.0/24"]
     */
    loadBalancerSourceRanges?: string[];

    /**
     * Namespace of the ingress controller, the only one whose pods may call the service.
     * @default "ingress-nginx"
     * @example "traefik"
     */
    ingressNamespace?: string;

    /**
     * Labels of the ingress controller's pods.
     * @default {"app.kubernetes.io/name": "ingress-nginx"}
     * @example {"app.kubernetes.io/name": "traefik"}
     */
    ingressPodLabels?: { [key: string]: string };
}
