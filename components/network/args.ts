export interface NetworkArgs {
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
