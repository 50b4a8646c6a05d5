/** Who makes the load balancer. It decides which annotations the Service gets, whether it may ask for affinity, and how long pods drain. */
export const LoadBalancerController = {
    /** AWS Load Balancer Controller, which is installed into the cluster. */
    AwsLoadBalancerController: "aws-load-balancer-controller",
    /** The cloud provider that EKS has by itself. */
    CloudProviderAws: "cloud-provider-aws",
    /** EKS Auto Mode, which EKS has by itself where it is switched on. */
    EksAutoMode: "eks-auto-mode",
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

export interface LoadBalancerArgs {
    /**
     * With edge loadBalancer, who makes the load balancer: aws-load-balancer-controller, which must be installed; cloud-provider-aws, which EKS has by itself and which takes no session affinity; eks-auto-mode, where EKS runs in Auto Mode; or other, for another cloud. The Service must be made anew when this changes: docs/edge.md says how.
     * @default "aws-load-balancer-controller"
     * @example "cloud-provider-aws"
     */
    loadBalancerController?: LoadBalancerController;

    /**
     * With a load balancer of AWS, also that of an Ingress, from where it is reached: internal, or internet-facing. One that is made by a Service must be made anew when this changes: docs/edge.md says how.
     * @default "internal"
     * @example "internet-facing"
     */
    loadBalancerScheme?: LoadBalancerScheme;

    /**
     * CIDRs of the clients that may use the load balancer. Required with edge loadBalancer, which must keep its clients' addresses, as AWS's network load balancer does, and with ingressController aws-load-balancer-controller. With edge loadBalancer, a range that holds the pods' addresses admits them too.
     * @default []
     * @example ["203.0.113.0/24"]
     */
    loadBalancerSourceRanges?: string[];
}
