import * as a from "../config/setting";
import { type AppArgs, OtlpProtocol } from "./args";
import { extraSchema } from "./extra-settings";

export const schema: a.Schema<AppArgs> = {
    appImage: a.image({ default: "justdb/cloud:1.0.0", example: "justdb/cloud:1.0.1", input: true }),
    appReplicas: a.integer(1, 100, { default: (s) => (s.environment === "prod" ? 3 : 1), example: 3 }),
    appMaxReplicas: a.integer(1, 100, {
        default: (s) => Math.max(s.appReplicas, s.environment === "prod" ? 10 : 2),
        example: 10,
    }),
    appCpuRequest: a.cpu({ default: "500m", example: "500m" }),
    appCpuLimit: a.cpu({ default: "2000m", example: "2000m" }),
    appMemoryRequest: a.size("128Mi", { default: "512Mi", example: "512Mi" }),
    appMemoryLimit: a.size("128Mi", { default: "2Gi", example: "2Gi" }),
    appCpuTargetPercent: a.integer(1, 100, { default: 70, example: 70 }),
    appMemoryTargetPercent: a.integer(1, 100, { default: 80, example: 80 }),
    appScaleDownSeconds: a.integer(0, 3600, { default: 300, example: 600 }),
    appJavaOptions: a.text("options that begin with a hyphen, with spaces between them", /^-\S+( -\S+)*$/, {
        default: "-XX:G1PeriodicGCInterval=60000 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30",
        example: "-XX:MaxRAMPercentage=60 -XX:G1PeriodicGCInterval=60000",
    }),
    appLivenessDelaySeconds: a.integer(0, 3600, { default: 60, example: 60 }),
    appReadinessDelaySeconds: a.integer(0, 3600, { default: 30, example: 30 }),
    appDatabasePoolSize: a.integer(1, 200, { default: 20, example: 20 }),
    otlpEndpoint: a.url({ default: "", example: "http://collector.observability.svc:4317" }),
    otlpProtocol: a.choice(OtlpProtocol, {
        default: (s) => (/:4318\/?$/.test(s.otlpEndpoint) ? "http/protobuf" : "grpc"),
        example: "http/protobuf",
    }),
    jwtSecret: a.secret("at least 64 characters", /^.{64,}$/s),
    jwtSecretGeneration: a.generation(),
    jwtExistingSecret: a.dnsName({ default: "", example: "justdb-jwt", input: true }),
    jwtExistingSecretKey: a.secretKey("jwt-secret"),
    jwtExpirationSeconds: a.integer(60, 31_536_000, { default: 86_400, example: 86_400 }),
    ...extraSchema,
};
