/** How the service is reached from outside the namespace. */
export const Edge = {
    /** By its Service, inside the cluster only. */
    None: "none",
    /** By a load balancer of the cloud provider, which its Service asks for. */
    LoadBalancer: "loadBalancer",
    /** By an Ingress, by host name. */
    Ingress: "ingress",
    /** By the Gateway API, by host name. */
    Gateway: "gateway",
} as const;
export type Edge = (typeof Edge)[keyof typeof Edge];

/** Whether a client stays with one pod. */
export const SessionAffinity = {
    /** It does, told by its address. */
    ClientIP: "ClientIP",
    /** It does not. */
    None: "None",
} as const;
export type SessionAffinity = (typeof SessionAffinity)[keyof typeof SessionAffinity];

export interface ServiceArgs {
    /**
     * How the service is reached: none (inside the cluster, or by a controller of your own in front of its Service), loadBalancer, ingress, or gateway (Gateway API).
     * @default "none"
     * @example "gateway"
     */
    edge?: Edge;

    /**
     * DNS name by which clients call the service. Required with edge ingress and gateway.
     * @default ""
     * @example "justdb.example.com"
     */
    host?: string;

    /**
     * Looks, before anything is changed, whether what the edge names is in the cluster: ingressClass, gatewayClass, the ClusterIssuer of tlsIssuer, and the Gateway of gatewayName in another namespace with its listeners. It needs the right to get these objects. With false an update waits for what is missing, until its time is up.
     * @default the value of createNamespace: who may make namespaces may mostly read such objects too
     * @example false
     */
    edgePreflight?: boolean;

    /**
     * Lets external-dns write the record of host, by its annotation on the Service, the Ingress or the HTTPRoute. An external-dns that looks for Ingresses or HTTPRoutes writes it from their host names in any case.
     * @default false
     * @example true
     */
    externalDns?: boolean;

    /**
     * Paths that are served, with all below. For edge ingress or gateway.
     * @default "/"
     * @example "/api"
     */
    edgePath?: string;

    /**
     * Seconds that a request may take: with a gateway, which must know time-outs of HTTPRoutes (Traefik does not), until its answer is complete; with an Ingress of aws-load-balancer-controller, for which nothing is sent.
     * @default 60
     * @example 120
     */
    requestTimeoutSeconds?: number;

    /**
     * Size of a request's body at most. Only with ingressController traefik. Empty: whatever the edge allows.
     * @default ""
     * @example "10Mi"
     */
    maxBodySize?: string;

    /**
     * Namespace of the ingress controller, or of the gateway, whose pods may call the service. Empty: of none.
     * @default ""
     * @example "traefik"
     */
    ingressNamespace?: string;

    /**
     * Labels of these pods. Required with ingressNamespace.
     * @default {}
     * @example {"app.kubernetes.io/name": "traefik"}
     */
    ingressPodLabels?: { [key: string]: string };

    /**
     * CIDRs from which a load balancer calls the service by an address of its own, as an application load balancer of AWS does from its subnets, or a gateway that does not run in the cluster.
     * @default []
     * @example ["10.20.0.0/24"]
     */
    edgeCidrs?: string[];

    /**
     * Annotations of the Service, beside those that follow from loadBalancerController and loadBalancerScheme. With loadBalancerController other, all that its load balancer is told.
     * @default {}
     * @example {"team": "data"}
     */
    serviceAnnotations?: { [key: string]: string };

    /**
     * Whether a client stays with one pod, where the Service leads it there: ClientIP, told by its address, or None.
     * @default ClientIP; None behind an Ingress or a gateway, and behind a load balancer of cloud-provider-aws, which refuses any
     * @example "None"
     */
    sessionAffinity?: SessionAffinity;

    /**
     * Seconds that a pod which ends still serves, until nothing sends requests to it any more. Behind a load balancer, a new pod must also be ready for so long before an old one ends.
     * @default 30 behind a load balancer of AWS, 90 behind another one or a gateway outside of the cluster, else 10
     * @example 60
     */
    drainSeconds?: number;
}
