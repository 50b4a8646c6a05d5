import type * as pulumi from "@pulumi/pulumi";

/** Who runs Redis. */
export const RedisMode = {
    /** One pod with a volume in the namespace. */
    InCluster: "inCluster",
    /** A server that exists already. */
    External: "external",
} as const;
export type RedisMode = (typeof RedisMode)[keyof typeof RedisMode];

export interface RedisArgs {
    /**
     * Who runs Redis: inCluster or external.
     * @default "inCluster"
     * @example "external"
     */
    redisMode?: RedisMode;

    /**
     * In-cluster only: image of Redis, 7.0 or later, with a shell.
     * @default "docker.io/library/redis:7.2.11"
     * @example "registry.example.com/redis:7.2.11"
     */
    redisImage?: string;

    /**
     * In-cluster only: memory of the pod, request and limit alike. Half of it holds data, the rest is for rewriting the append-only file.
     * @default "256Mi"
     * @example "1Gi"
     */
    redisMemory?: string;

    /**
     * In-cluster only: volume for the append-only file. Another size is another volume: Redis is replaced and starts empty, which a protected stack refuses.
     * @default "2Gi"
     * @example "10Gi"
     */
    redisStorageSize?: string;

    /**
     * In-cluster only: StorageClass of the volume. Empty: the cluster's default. Another one is another volume, as another size.
     * @default ""
     * @example "gp3"
     */
    redisStorageClass?: string;

    /**
     * Password of Redis, at least 16 characters, none of them a quote, a backslash or white space. Empty: generated (in-cluster), or from redisExistingSecret.
     * @default ""
     * @example pulumi.secret("...")
     */
    redisPassword?: pulumi.Input<string>;

    /**
     * In-cluster only: number of the generated password. One more makes a new one, which all go over to before the former is refused. See docs/runbooks/rotate.md.
     * @default 1
     * @example 2
     */
    redisPasswordGeneration?: number;

    /**
     * Name of a Secret in the namespace that holds the password, in place of redisPassword.
     * @default ""
     * @example "justdb-cache"
     */
    redisExistingSecret?: pulumi.Input<string>;

    /**
     * The key of redisExistingSecret under which the password is.
     * @default "redis-password"
     * @example "password"
     */
    redisExistingSecretKey?: string;

    /**
     * External only: name of the user of Redis' access control lists. Empty: the default user, known by the password alone.
     * @default ""
     * @example "justdb"
     */
    redisUser?: string;

    /**
     * External only, and required there: host name or address of the server.
     * @default ""
     * @example "justdb.abcdef.0001.euc1.cache.amazonaws.com"
     */
    redisHost?: pulumi.Input<string>;

    /**
     * External only: port of the server.
     * @default 6379
     * @example 6380
     */
    redisPort?: number;

    /**
     * External only: connect by TLS.
     * @default false
     * @example true
     */
    redisTls?: boolean;

    /**
     * With redisTls: certificates in PEM of the authorities that the server's certificate must be of. At most 64 KiB. Empty: the public authorities that the images know.
     * @default ""
     * @example "-----BEGIN CERTIFICATE-----..."
     */
    redisCaCertificates?: pulumi.Input<string>;

    /**
     * External only, and required there: CIDRs of the server, for the NetworkPolicy.
     * @default []
     * @example ["10.20.0.0/24"]
     */
    redisCidrs?: string[];

    /**
     * Whether an exporter, a pod of its own, tells Prometheus of Redis, also of an external one.
     * @default true with metricsScrape prometheusOperator, else false
     * @example true
     */
    redisMetrics?: boolean;

    /**
     * With redisMetrics: image of the exporter, oliver006/redis_exporter. With redisTls and no redisCaCertificates it knows the certificate authorities that are in the image.
     * @default "docker.io/oliver006/redis_exporter:v1.88.0"
     * @example "registry.example.com/redis_exporter:v1.88.0"
     */
    redisExporterImage?: string;
}
