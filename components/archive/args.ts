export interface ArchiveArgs {
    /**
     * Managed only: archive the database continuously into the backups bucket, so that it can be recovered to any moment. By CloudNativePG's
     * plugin barman-cloud, which is installed already.
     * @default true in prod, else false
     * @example true
     */
    postgresArchive?: boolean;

    /**
     * With postgresArchive: when a base backup is made, as a cron schedule in UTC. A recovery starts from one, and replays what was written since.
     * @default "45 1 * * *"
     * @example "45 *\/12 * * *"
     */
    archiveSchedule?: string;

    /**
     * With postgresArchive: days back to which a recovery is possible. What is older is deleted; its files are kept for
     * storageNoncurrentDays more.
     * @default 30
     * @example 14
     */
    archiveRetentionDays?: number;

    /**
     * With postgresArchive: seconds after which what was written is archived, even if it is little. So much is lost at most when all instances are.
     * @default 300
     * @example 60
     */
    archiveTimeoutSeconds?: number;

    /**
     * CPU limit of the sidecar that archives an instance of the database, makes base backups of it and recovers it.
     * @default "1"
     * @example "2"
     */
    archiveCpuLimit?: string;

    /**
     * Memory limit of the same sidecar. A change restarts the instances, one after the other.
     * @default "1Gi"
     * @example "2Gi"
     */
    archiveMemoryLimit?: string;
}
