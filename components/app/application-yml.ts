import { dump } from "js-yaml";
import type { Resolved } from "../parts";
import { appPort, names } from "./names";
import { shutdownSeconds } from "./rollout";

/** What is known only when other resources exist. */
export interface Wiring {
    jdbcUrl: string;
    redisHost: string;
    redisPort: number;
    redisUser: string;
    redisTls: boolean;
    /** The file with the authorities of its certificate; empty: the public ones. */
    redisAuthorities: string;
    bucket: string;
    region: string;
}

/** Spring Boot's configuration. Pure. Secrets are references to the environment, without defaults. */
export function applicationYml(s: Resolved, wiring: Wiring): string {
    const bundle = wiring.redisAuthorities === "" ? {} : { bundle: "redis" };
    const tls = wiring.redisTls ? { ssl: { enabled: true, ...bundle } } : {};
    const login = { ...(wiring.redisUser === "" ? {} : { username: wiring.redisUser }), password: "${REDIS_PASSWORD}" };
    const endpoint = s.storageEndpoint === "" ? {} : { endpoint: s.storageEndpoint };
    return dump({
        server: { port: appPort, shutdown: "graceful" },
        spring: {
            application: { name: "JustDB Cloud" },
            lifecycle: { "timeout-per-shutdown-phase": `${shutdownSeconds}s` },
            datasource: {
                url: wiring.jdbcUrl,
                username: s.postgresUser,
                password: "${DB_PASSWORD}",
                hikari: {
                    "maximum-pool-size": s.appDatabasePoolSize,
                    "minimum-idle": Math.min(5, s.appDatabasePoolSize),
                    "connection-timeout": 30_000,
                    "idle-timeout": 600_000,
                    "max-lifetime": 1_800_000,
                    "connection-test-query": "SELECT 1",
                    "register-mbeans": true,
                },
            },
            data: { redis: { host: wiring.redisHost, port: wiring.redisPort, ...login, ...tls } },
            ...verifiedBy(wiring.redisAuthorities),
            cache: { type: "caffeine", caffeine: { spec: "maximumSize=1000,expireAfterWrite=5m,recordStats" } },
        },
        management: {
            endpoints: { web: { exposure: { include: "health,info,prometheus" } } },
            metrics: {
                tags: { application: names.app },
                distribution: {
                    // Buckets, without which no quantile over several pods can be computed; and one that ends at the objective.
                    "percentiles-histogram": { "http.server.requests": true },
                    slo: { "http.server.requests": `${s.latencyObjectiveMilliseconds}ms` },
                },
            },
        },
        justdb: {
            api: {
                jwt: { secret: "${JWT_SECRET}", expiration: s.jwtExpirationSeconds },
                "api-key": { "default-expiry": 90, "min-length": 32 },
            },
            execution: { async: { enabled: true, "thread-pool-size": 10, "queue-capacity": 100 } },
            storage: {
                s3: {
                    bucket: wiring.bucket,
                    region: wiring.region,
                    ...endpoint,
                    "path-style-access": s.storagePathStyle,
                },
            },
        },
    });
}

/** Bundles of Spring Boot: what a client of Redis trusts. */
const verifiedBy = (redisAuthorities: string) =>
    redisAuthorities === ""
        ? {}
        : { ssl: { bundle: { pem: { redis: { truststore: { certificate: `file:${redisAuthorities}` } } } } } };
