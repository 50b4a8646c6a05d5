/** How the service is reached from outside the namespace. */
export const ServiceType = {
    /** Inside the cluster only; an ingress controller stands in front. */
    ClusterIP: "ClusterIP",
    /** A load balancer of the cloud provider. */
    LoadBalancer: "LoadBalancer",
} as const;
export type ServiceType = (typeof ServiceType)[keyof typeof ServiceType];

/** Who makes the load balancer. It decides which annotations the Service gets, whether it may ask for affinity, and how long pods drain. */
export const LoadBalancerController = {
    /** AWS Load Balancer Controller, which is installed into the cluster. */
    AwsLoadBalancerController: "aws-load-balancer-controller",
    /** The cloud provider that EKS has by itself. */
    CloudProviderAws: "cloud-provider-aws",
    /** Another one, told by annotations what to do. */
    Other: "other",
} as const;
export type LoadBalancerController = (typeof LoadBalancerController)[keyof typeof LoadBalancerController];

/** From where a load balancer of AWS can be reached. */
export const LoadBalancerScheme = {
    /** From the VPC, and from networks that lead into it. */
    Internal: "internal",
    /** From the internet too. */
    InternetFacing: "internet-facing",
} as const;
export type LoadBalancerScheme = (typeof LoadBalancerScheme)[keyof typeof LoadBalancerScheme];

/** Whether a client stays with one pod. */
export const SessionAffinity = {
    /** It does, told by its address. */
    ClientIP: "ClientIP",
    /** It does not. */
    None: "None",
} as const;
export type SessionAffinity = (typeof SessionAffinity)[keyof typeof SessionAffinity];

export interface EdgeArgs {
    /**
     * How the service is reached: ClusterIP (behind an ingress controller) or LoadBalancer.
     * @default "ClusterIP"
     * @example "LoadBalancer"
     */
    serviceType?: ServiceType;

    /**
     * Annotations of the Service, beside those that follow from loadBalancerController and loadBalancerScheme. With loadBalancerController other, all that its load balancer is told.
     * @default {}
     * @example {"team": "data"}
     */
    serviceAnnotations?: { [key: string]: string };

    /**
     * With serviceType LoadBalancer, who makes the load balancer: aws-load-balancer-controller, which must be installed; cloud-provider-aws, which EKS has by itself and which takes no session affinity; or other, for another cloud. The Service must be made anew when this changes: docs/operations.md says how.
     * @default "aws-load-balancer-controller"
     * @example "cloud-provider-aws"
     */
    loadBalancerController?: LoadBalancerController;

    /**
     * With a load balancer of AWS, from where it is reached: internal, or internet-facing. It speaks plain HTTP, which everybody on the way can read. The Service must be made anew when this changes: docs/operations.md says how.
     * @default "internal"
     * @example "internet-facing"
     */
    loadBalancerScheme?: LoadBalancerScheme;

    /**
     * CIDRs of the clients that may use the load balancer. Required with serviceType LoadBalancer, which must keep its clients' addresses, as AWS's network load balancer does. A range that holds the pods' addresses admits them too.
     * @default []
     * @example ["203.0.113.0/24"]
     */
    loadBalancerSourceRanges?: string[];

    /**
     * Whether a client stays with one pod: ClientIP, told by its address, or None.
     * @default None behind a load balancer of cloud-provider-aws, which refuses any; else ClientIP
     * @example "None"
     */
    sessionAffinity?: SessionAffinity;

    /**
     * Seconds that a pod which ends still serves, until nothing sends requests to it any more. Behind a load balancer, a new pod must also be ready for so long before an old one ends.
     * @default 30 behind a load balancer of AWS, 90 behind another one, else 10
     * @example 60
     */
    drainSeconds?: number;

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
