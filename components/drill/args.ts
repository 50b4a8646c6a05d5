export interface DrillArgs {
    /**
     * When the newest backup is restored for a trial, as a cron schedule in UTC, or never. With never, only when somebody starts it.
     * While another backup is being made, that is the one before it.
     * @default 15 8 * * 0; with a backupSchedule of once a day, operationsDeadlineHours after Sunday's backup starts
     * @example "15 4 * * *"
     */
    drillSchedule?: string;

    /**
     * Days above which the last good drill is too old: the alert JustDbDrillTooOld fires. 0: it may have any age.
     * @default the longest pause of drillSchedule in days and 1 more; 0 with never
     * @example 8
     */
    drillMaxAgeDays?: number;

    /**
     * Volume of a drill, which is claimed for it and goes with it: half more than the database.
     * @default postgresStorageSize
     * @example "50Gi"
     */
    drillStorageSize?: string;
}
