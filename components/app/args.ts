import type * as pulumi from "@pulumi/pulumi";
import type { AppExtraArgs } from "./extra-args";

/** How an OpenTelemetry collector is spoken to. */
export const OtlpProtocol = { Grpc: "grpc", HttpProtobuf: "http/protobuf" } as const;
export type OtlpProtocol = (typeof OtlpProtocol)[keyof typeof OtlpProtocol];

export interface AppArgs extends AppExtraArgs {
    /**
     * Image of JustDB Cloud, with a version tag or a digest.
     * @default "justdb/cloud:1.0.0"
     * @example "registry.example.com/justdb/cloud:1.0.1"
     */
    appImage?: pulumi.Input<string>;

    /**
     * Pods at least. The autoscaler never goes below.
     * @default 3 in prod, else 1
     * @example 4
     */
    appReplicas?: number;

    /**
     * Pods at most. The autoscaler never goes above.
     * @default 10 in prod, else 2; never below appReplicas
     * @example 20
     */
    appMaxReplicas?: number;

    /**
     * CPU that each pod is sure to get. The autoscaler measures against it.
     * @default "500m"
     * @example "1"
     */
    appCpuRequest?: string;

    /**
     * CPU that each pod may use at most.
     * @default "2000m"
     * @example "4"
     */
    appCpuLimit?: string;

    /**
     * Memory that each pod is sure to get. The autoscaler measures against it.
     * @default "512Mi"
     * @example "1Gi"
     */
    appMemoryRequest?: string;

    /**
     * Memory that each pod may use at most.
     * @default "2Gi"
     * @example "4Gi"
     */
    appMemoryLimit?: string;

    /**
     * CPU use, in percent of the request, above which the autoscaler adds pods.
     * @default 70
     * @example 60
     */
    appCpuTargetPercent?: number;

    /**
     * Memory use, in percent of the request, above which the autoscaler adds pods.
     * @default 80
     * @example 90
     */
    appMemoryTargetPercent?: number;

    /**
     * Seconds for which the load must be low before the autoscaler takes pods away. Then it takes one, or a quarter of them, each minute.
     * @default 300
     * @example 600
     */
    appScaleDownSeconds?: number;

    /**
     * Options of the Java virtual machine, given by JAVA_TOOL_OPTIONS; what the image itself gives counts more. The default makes an idle pod return memory, which it would keep for good: above appMemoryTargetPercent the autoscaler would never take a pod away.
     * @default "-XX:G1PeriodicGCInterval=60000 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30"
     * @example "-XX:MaxRAMPercentage=60 -XX:G1PeriodicGCInterval=60000"
     */
    appJavaOptions?: string;

    /**
     * Seconds from the start of a pod to its first liveness probe.
     * @default 60
     * @example 120
     */
    appLivenessDelaySeconds?: number;

    /**
     * Seconds from the start of a pod to its first readiness probe.
     * @default 30
     * @example 60
     */
    appReadinessDelaySeconds?: number;

    /**
     * Database connections of each pod at most. A managed PostgreSQL is sized for all pods together.
     * @default 20
     * @example 30
     */
    appDatabasePoolSize?: number;

    /**
     * URL of an OpenTelemetry collector. One in the cluster is written http://service.namespace.svc:4317. Empty: no traces are sent.
     * @default ""
     * @example "http://collector.observability.svc:4317"
     */
    otlpEndpoint?: string;

    /**
     * How the collector is spoken to: grpc, for which the port is usually 4317, or http/protobuf, for which it is 4318.
     * @default "http/protobuf" where the port of otlpEndpoint is 4318, else "grpc"
     * @example "http/protobuf"
     */
    otlpProtocol?: OtlpProtocol;

    /**
     * Key that signs the API's tokens (HS256), at least 64 characters. Empty: generated.
     * @default ""
     * @example pulumi.secret("...")
     */
    jwtSecret?: pulumi.Input<string>;

    /**
     * Number of the generated signing key. One more makes a new one, and ENDS EVERY TOKEN of the API at once: the app knows one key. Nothing else ever does. See docs/runbooks/rotate.md.
     * @default 1
     * @example 2
     */
    jwtSecretGeneration?: number;

    /**
     * Name of a Secret in the namespace that holds the signing key, in place of jwtSecret.
     * @default ""
     * @example "justdb-jwt"
     */
    jwtExistingSecret?: pulumi.Input<string>;

    /**
     * The key of jwtExistingSecret under which the signing key is.
     * @default "jwt-secret"
     * @example "signing-key"
     */
    jwtExistingSecretKey?: string;

    /**
     * Seconds that a token of the API is valid.
     * @default 86400
     * @example 3600
     */
    jwtExpirationSeconds?: number;
}
