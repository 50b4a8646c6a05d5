import type { Database } from "../database/database";
import type { Credentials } from "../identity/credentials";
import type { Redis } from "../redis/redis";
import type { Secrets } from "../secrets/secrets";
import type { Storage } from "../storage/storage";

/** What the app is wired to. */
export interface Wiring {
    secrets: Secrets;
    credentials: Credentials;
    storage: Storage;
    database: Database;
    redis: Redis;
}
