export interface StorageArgs {
    /**
     * Name of the S3 bucket for schemas. Empty: named after the component, with a random end.
     * @default ""
     * @example "acme-justdb-schemas"
     */
    schemasBucketName?: string;

    /**
     * Name of the S3 bucket for backups. Empty: named after the component, with a random end.
     * @default ""
     * @example "acme-justdb-backups"
     */
    backupsBucketName?: string;

    /**
     * URL of the S3 API, where it is not AWS's own. Buckets are then addressed by path, not by host name.
     * @default ""
     * @example "https://s3.internal.example.com"
     */
    storageEndpoint?: string;

    /**
     * CIDRs of the S3 API, for the NetworkPolicy. Empty: the endpoint's address, or all public addresses where it is a name.
     * @default []
     * @example ["10.20.0.0/24"]
     */
    storageCidrs?: string[];

    /**
     * Days that a replaced or deleted object is kept as an old version; backupRetentionDays or more.
     * @default 90
     * @example 30
     */
    storageNoncurrentDays?: number;
}
