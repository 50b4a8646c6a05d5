export interface BackupArgs {
    /**
     * When a backup is made, as a cron schedule in UTC, or never. With never, one is made only when somebody starts it.
     * @default "15 2 * * *"
     * @example "0 *\/6 * * *"
     */
    backupSchedule?: string;

    /**
     * Days until a backup leaves the list. Its files are kept for storageNoncurrentDays more.
     * @default 30
     * @example 90
     */
    backupRetentionDays?: number;

    /**
     * Image that backups and restores run in: PostgreSQL's programs, no older than the server's, and Python with boto3. Empty: postgresImage.
     * @default ""
     * @example "registry.example.com/postgresql:18.4-system-trixie"
     */
    backupImage?: string;
}
