import { bytes } from "../lib/units";
import { redisPort } from "./names";

/** Redis's configuration. Pure. Who is let in stands in a file of its own, which Redis reads again without a restart. */
export function redisConf(memory: string): string {
    return [
        "bind * -::*",
        `port ${redisPort}`,
        "aclfile /run/redis/users.acl",
        "dir /data",
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        // Rewriting the append-only file can take as much memory again as the data.
        `maxmemory ${Math.floor(bytes(memory)! / 2)}`,
        "maxmemory-policy volatile-lru",
        "",
    ].join("\n");
}
