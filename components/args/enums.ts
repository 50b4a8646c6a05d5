/** What the stack is for: it sets the Spring profile and the defaults for replicas and protection. */
export const Environment = {
    /** Production: three of each, protected. */
    Prod: "prod",
    /** Development and test: one of each, removed without a trace. */
    Dev: "dev",
} as const;
export type Environment = (typeof Environment)[keyof typeof Environment];

/** How the service is reached from outside the namespace. */
export const ServiceType = {
    /** Inside the cluster only; an ingress controller stands in front. */
    ClusterIP: "ClusterIP",
    /** A load balancer of the cloud provider. */
    LoadBalancer: "LoadBalancer",
} as const;
export type ServiceType = (typeof ServiceType)[keyof typeof ServiceType];

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
    /** TLS, the certificate and its host name are checked. */
    VerifyFull: "verify-full",
} as const;
export type PostgresSslMode = (typeof PostgresSslMode)[keyof typeof PostgresSslMode];

/** Who runs Redis. */
export const RedisMode = {
    /** One pod with a volume in the namespace. */
    InCluster: "inCluster",
    /** A server that exists already. */
    External: "external",
} as const;
export type RedisMode = (typeof RedisMode)[keyof typeof RedisMode];
