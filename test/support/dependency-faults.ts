// What befalls the services that the app needs. Each returns what undoes it.
import { exec } from "./cluster";
import { endSessions, startSessions } from "./sessions";
import { Traffic } from "./traffic";

export type Undo = () => Promise<unknown>;

/** So many clients write, behind a lock that somebody holds. */
export async function lockSchemas(namespace: string, clients: number): Promise<Undo> {
    await startSessions("lock", "LOCK TABLE schema_versions IN ACCESS EXCLUSIVE MODE", namespace);
    const writers = Traffic.ofWrites(namespace, clients);
    return async () => {
        await endSessions("lock", namespace);
        await writers.stop();
    };
}

/** Redis refuses every write. */
export async function takeRedisMemory(namespace: string): Promise<Undo> {
    const redis = (command: string) => exec("justdb-redis-0", `redis-cli ${command}`, namespace);
    const memory = (await redis("config get maxmemory")).split("\n")[1]!;
    await redis("config set maxmemory 1");
    return () => redis(`config set maxmemory ${memory}`);
}
