import * as a from "../config/setting";
import { type RedisArgs, RedisMode } from "./args";

export const schema: a.Schema<RedisArgs> = {
    redisMode: a.choice(RedisMode, { default: "inCluster", example: "external" }),
    redisImage: a.image({ default: "docker.io/library/redis:7.2.11", example: "docker.io/library/redis:7.2.11" }),
    redisMemory: a.size("32Mi", { default: "256Mi", example: "256Mi" }),
    redisStorageSize: a.size("64Mi", { default: "2Gi", example: "2Gi" }),
    redisStorageClass: a.dnsName({ default: "", example: "gp3" }),
    redisPassword: a.password,
    redisPasswordGeneration: a.generation(),
    redisExistingSecret: a.dnsName({ default: "", example: "justdb-cache", input: true }),
    redisExistingSecretKey: a.secretKey("redis-password"),
    redisUser: a.text("the name of a user: no quote, backslash, colon or white space", /^[^\s"'\\:]{1,128}$/, {
        default: "",
        example: "justdb",
    }),
    redisHost: a.host({ default: "", example: "redis.example.com", input: true }),
    redisPort: a.integer(1, 65_535, { default: 6379, example: 6379 }),
    redisTls: a.flag({ default: false, example: true }),
    redisCaCertificates: a.certificates,
    redisCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
    redisMetrics: a.flag({ default: (s) => s.metricsScrape === "prometheusOperator", example: true }),
    redisExporterImage: a.image({
        default: "docker.io/oliver006/redis_exporter:v1.88.0",
        example: "docker.io/oliver006/redis_exporter:v1.88.0",
    }),
};
