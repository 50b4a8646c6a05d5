import { bytes } from "../lib/units";
import { redisPort } from "./names";

/** Redis's configuration. Pure. The password stands here, in a file of a Secret, and in no argument list. */
export function redisConf(password: string, memory: string): string {
    return [
        "bind * -::*",
        `port ${redisPort}`,
        `requirepass "${password}"`,
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
