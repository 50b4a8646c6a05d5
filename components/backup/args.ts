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
     * Hours above which the newest backup is too old: a drill fails, and the alert JustDbBackupTooOld fires. As long as that backup took is
     * added, since the next one counts when it is done. 0: it may have any age.
     * @default the longest pause of backupSchedule and 2 more; 0 with never
     * @example 26
     */
    backupMaxAgeHours?: number;

    /**
     * Image that backups, restores and drills run in: PostgreSQL's programs, no older than the server's, and Python with boto3 (docs/runbooks/backup.md). Empty: postgresImage, which must then hold them, as CloudNativePG's system images do and its standard ones do not.
     * @default ""
     * @example "registry.example.com/postgresql:18.4-system-trixie"
     */
    backupImage?: string;

    /**
     * Hours after which a backup, a restore or a drill is ended, with all its tries; the backup before migrations too. What takes longer
     * hangs: set more for a database that needs more, as docs/runbooks/backup.md says.
     * @default 6
     * @example 24
     */
    operationsDeadlineHours?: number;

    /**
     * CPU limit of the pod of a backup, a restore or a drill. Beyond 1 it lets checksums and uploads go on beside the dump.
     * @default "1"
     * @example "4"
     */
    operationsCpuLimit?: string;

    /**
     * Memory limit of the pod of a backup, a restore or a drill. What they hold does not grow with the number of schemas.
     * @default "512Mi"
     * @example "1Gi"
     */
    operationsMemoryLimit?: string;
}
