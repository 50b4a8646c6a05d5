export interface NetworkArgs {
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

    /**
     * Namespace of Prometheus, whose pods may read the metrics of backups.
     * @default "monitoring"
     * @example "observability"
     */
    monitoringNamespace?: string;

    /**
     * CIDRs of the Kubernetes API server, which a managed PostgreSQL needs. Empty: any address but the metadata service's.
     * @default []
     * @example ["10.0.0.1/32"]
     */
    kubernetesApiCidrs?: string[];
}
