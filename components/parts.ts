import type { Postgres } from "./postgres";
import type { Redis } from "./redis";
import type { Secrets } from "./secrets";
import type { Storage } from "./storage";

/** What the app is wired to. */
export interface Parts {
    secrets: Secrets;
    storage: Storage;
    postgres: Postgres;
    redis: Redis;
}
