/** The versions of IP that the cluster's pods have addresses of. */
export const IpFamilies = {
    /** Version 4 alone. */
    IPv4: "IPv4",
    /** Version 6 alone. */
    IPv6: "IPv6",
    /** Both. */
    DualStack: "dualStack",
} as const;
export type IpFamilies = (typeof IpFamilies)[keyof typeof IpFamilies];

export interface NetworkArgs {
    /**
     * Namespace of Prometheus, whose pods may read all metrics; with metricsScrape none, those of the app alone and with analysisPrometheus.
     * @default "monitoring"
     * @example "observability"
     */
    monitoringNamespace?: string;

    /**
     * The versions of IP that the cluster's pods have addresses of: IPv4, IPv6, or dualStack for both. What NetworkPolicies say of any address, or of any public one, they say of these. With dualStack, Services have an address of both.
     * @default "IPv4"
     * @example "dualStack"
     */
    ipFamilies?: IpFamilies;

    /**
     * CIDRs of DNS servers that are not the pods of kube-dns: of NodeLocal DNSCache, or of the nodes themselves as with EKS Auto Mode. The nameserver in the /etc/resolv.conf of a pod tells. Only port 53 is let through.
     * @default []
     * @example ["169.254.20.10/32"]
     */
    dnsCidrs?: string[];

    /**
     * CIDRs of the Kubernetes API server, which a managed PostgreSQL needs; with the VPC CNI of EKS, of its Service too. Empty: any address but the metadata service's.
     * @default []
     * @example ["10.0.0.1/32"]
     */
    kubernetesApiCidrs?: string[];

    /**
     * Ports of the Kubernetes API server itself, to which its Service leads: most network plugins look at these, and not at the Service's, which the VPC CNI of EKS looks at.
     * @default [443,6443]
     * @example [16443]
     */
    kubernetesApiPorts?: number[];
}
