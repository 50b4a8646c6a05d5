import type { ApplicationArgs } from "./args/application";
import type { ArchiveArgs } from "./args/archive";
import type { BackupArgs } from "./args/backup";
import type { DrillArgs } from "./args/drill";
import type { GeneralArgs } from "./args/general";
import type { MigrationsArgs } from "./args/migrations";
import type { NetworkArgs } from "./args/network";
import type { PostgresArgs } from "./args/postgres";
import type { RedisArgs } from "./args/redis";
import type { RestoreArgs } from "./args/restore";
import type { StorageArgs } from "./args/storage";

/**
 * The arguments of JustDbCloud. Each is a configuration key of the same name in the Pulumi program of this package.
 * Plain values decide which resources exist; Inputs fill in content.
 */
export interface JustDbCloudArgs
    extends
        GeneralArgs,
        ApplicationArgs,
        StorageArgs,
        PostgresArgs,
        MigrationsArgs,
        BackupArgs,
        ArchiveArgs,
        DrillArgs,
        RestoreArgs,
        RedisArgs,
        NetworkArgs {}
