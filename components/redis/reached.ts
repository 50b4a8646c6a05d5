import { operationJob } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import { authorityAnnotations } from "../lib/authority";
import { secretChecksum } from "../lib/checksum";
import { createAwaitedJob } from "../lib/job";
import type { Cluster, Waited } from "../lib/scope";
import { secretVariable } from "../lib/secret-variable";
import { createServiceAccount } from "../lib/service-account";
import type { SecretKey } from "../secrets/secrets";
import { reachedName, reachedPods } from "./names";
import type { Redis } from "./redis";

/** More than the script's own patience, and what a pull of its image may take. */
const deadlineSeconds = 600;

/**
 * Tries a Redis outside of the cluster as the app would, and says what is wrong: the app's pods would only not be ready. What is tried
 * once is tried again when the address, the password or the authorities change, as far as this stack knows them.
 */
export function createReached(cluster: Cluster, redis: Redis, password: SecretKey, scripts: Scripts): Waited {
    const { settings } = cluster;
    if (settings.redisMode !== "external") return { ready: [] };
    const { authority } = redis;
    const account = createServiceAccount(cluster, "redis-reached-account", reachedName);
    const { spec } = operationJob(
        cluster,
        {
            name: reachedName,
            pods: reachedPods,
            command: ["python3", "/operations/redis_reached.py"],
            bucketVariables: [],
            variables: [
                { name: "REDIS_HOST", value: redis.host },
                { name: "REDIS_PORT", value: String(redis.port) },
                { name: "REDIS_USER", value: redis.user },
                secretVariable("REDIS_PASSWORD", password),
                { name: "REDIS_TLS", value: redis.tls ? "on" : "" },
                ...(authority ? [{ name: "REDIS_CA", value: authority.file }] : []),
                {
                    name: "VERIFIED_BY",
                    value: authority
                        ? "redisCaCertificates"
                        : "the public authorities, as redisCaCertificates is empty",
                },
            ],
            authorities: [authority],
            annotations: {
                ...authorityAnnotations([authority]),
                ...(password.value ? { "justdb.cloud/secrets": secretChecksum([password.value]) } : {}),
            },
            ready: [],
        },
        { endsAfterSeconds: deadlineSeconds },
    );
    return createAwaitedJob(cluster, "redis-reached", {
        name: reachedName,
        labels: reachedPods.labels,
        spec,
        ready: [account, ...scripts.ready],
        createSeconds: deadlineSeconds + 60,
    });
}
