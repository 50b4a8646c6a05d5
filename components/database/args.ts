import type * as pulumi from "@pulumi/pulumi";

/** Who runs PostgreSQL. */
export const PostgresMode = {
    /** A CloudNativePG cluster in the namespace. */
    Managed: "managed",
    /** A server that exists already. */
    External: "external",
} as const;
export type PostgresMode = (typeof PostgresMode)[keyof typeof PostgresMode];

/** How the connection to an external PostgreSQL is secured: libpq's sslmode. */
export const PostgresSslMode = {
    /** No TLS. */
    Disable: "disable",
    /** TLS, the certificate is not checked. */
    Require: "require",
    /** TLS, the certificate is of one of postgresCaCertificates, for whatever host. */
    VerifyCa: "verify-ca",
    /** TLS, the certificate and its host name are checked. */
    VerifyFull: "verify-full",
} as const;
export type PostgresSslMode = (typeof PostgresSslMode)[keyof typeof PostgresSslMode];

export interface DatabaseArgs {
    /**
     * Who runs PostgreSQL: managed (by CloudNativePG, whose operator the cluster has, or gets by postgresInstallOperator) or external.
     * @default "managed"
     * @example "external"
     */
    postgresMode?: PostgresMode;

    /**
     * Managed only: PostgreSQL instances. With more than one, a commit waits until most of them have it, and one that has it takes over from a lost primary.
     * @default 3 in prod, else 1
     * @example 3
     */
    postgresInstances?: number;

    /**
     * Managed only: image of PostgreSQL for CloudNativePG, with the version in its tag.
     * @default "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"
     * @example "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie"
     */
    postgresImage?: string;

    /**
     * Managed only: the image that an existing database has now, so that postgresImage may be of another major version of PostgreSQL, or of another release of Debian. Such an update is refused without it. See docs/runbooks/postgres-upgrade.md.
     * @default ""
     * @example "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie"
     */
    postgresUpgradeFrom?: string;

    /**
     * Managed only: volume of each instance. It can grow, not shrink.
     * @default "20Gi"
     * @example "100Gi"
     */
    postgresStorageSize?: string;

    /**
     * Managed only: StorageClass of the volumes. Empty: the cluster's default.
     * @default ""
     * @example "gp3"
     */
    postgresStorageClass?: string;

    /**
     * Managed only: CPU that each instance is sure to get.
     * @default "500m"
     * @example "2"
     */
    postgresCpuRequest?: string;

    /**
     * Managed only: CPU that each instance may use at most.
     * @default "2"
     * @example "4"
     */
    postgresCpuLimit?: string;

    /**
     * Managed only: memory of each instance, request and limit alike.
     * @default "2Gi"
     * @example "8Gi"
     */
    postgresMemory?: string;

    /**
     * Managed only: PostgreSQL's shared_buffers. Empty: a quarter of postgresMemory.
     * @default ""
     * @example "512MB"
     */
    postgresSharedBuffers?: string;

    /**
     * Name of the database. A managed one's cannot change later.
     * @default "justdb"
     * @example "justdb_staging"
     */
    postgresDatabase?: string;

    /**
     * Role that owns the database. A managed one's cannot change later.
     * @default "justdb"
     * @example "justdb_staging"
     */
    postgresUser?: string;

    /**
     * Password of postgresUser, at least 16 characters. Empty: generated (managed), or from postgresExistingSecret.
     * @default ""
     * @example pulumi.secret("...")
     */
    postgresPassword?: pulumi.Input<string>;

    /**
     * Managed only: number of the generated passwords of PostgreSQL, those of backups and restores too. One more makes new ones, which all go over to before the former are refused. See docs/runbooks/rotate.md.
     * @default 1
     * @example 2
     */
    postgresPasswordGeneration?: number;

    /**
     * Name of a Secret in the namespace that holds the password, in place of postgresPassword. For a managed PostgreSQL it is of type kubernetes.io/basic-auth, with the keys username and password, as CloudNativePG reads them.
     * @default ""
     * @example "justdb-database"
     */
    postgresExistingSecret?: pulumi.Input<string>;

    /**
     * External only: the key of postgresExistingSecret under which the password is.
     * @default "password"
     * @example "POSTGRES_PASSWORD"
     */
    postgresExistingSecretKey?: string;

    /**
     * Managed only: namespace of the CloudNativePG operator.
     * @default "cnpg-system"
     * @example "databases"
     */
    postgresOperatorNamespace?: string;

    /**
     * Managed only: install CloudNativePG's operator, for a cluster that has none. It serves the databases of all namespaces, so it stays when the stack is destroyed.
     * @default false
     * @example true
     */
    postgresInstallOperator?: boolean;

    /**
     * With postgresInstallOperator: the operator's Helm chart, of one version, for clusters that pull from a mirror. A path is that of a folder or archive.
     * @default "oci://ghcr.io/cloudnative-pg/charts/cloudnative-pg:0.29.0"
     * @example "./charts/cloudnative-pg-0.29.0.tgz"
     */
    postgresOperatorChart?: string;

    /**
     * With postgresInstallOperator: the operator's image, with the version in its tag.
     * @default "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0"
     * @example "registry.example.com/cloudnative-pg:1.30.0"
     */
    postgresOperatorImage?: string;

    /**
     * External only, and required there: host name or address of the server.
     * @default ""
     * @example "justdb.abcdef.eu-central-1.rds.amazonaws.com"
     */
    postgresHost?: pulumi.Input<string>;

    /**
     * External only: port of the server.
     * @default 5432
     * @example 6432
     */
    postgresPort?: number;

    /**
     * External only: certificates in PEM of the authorities that the server's certificate must be of, such as the bundle of a region of RDS, for verify-full or verify-ca. At most 64 KiB. Empty: verify-full goes by the public authorities that the images know. A managed PostgreSQL is verified by its operator's authority.
     * @default ""
     * @example "-----BEGIN CERTIFICATE-----..."
     */
    postgresCaCertificates?: pulumi.Input<string>;

    /**
     * External only: how the connection is secured: disable, require, verify-ca or verify-full. A managed one is always connected to by verify-full.
     * @default "require"
     * @example "verify-full"
     */
    postgresSslMode?: PostgresSslMode;

    /**
     * External only, and required there: CIDRs of the server, for the NetworkPolicy.
     * @default []
     * @example ["10.20.0.0/24"]
     */
    postgresCidrs?: string[];
}
