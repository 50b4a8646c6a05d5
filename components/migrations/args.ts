export interface MigrationsArgs {
    /**
     * Image of Liquibase 4 with PostgreSQL's driver, laid out as the official one. Later major versions have another licence and no driver.
     * @default "docker.io/liquibase/liquibase:4.33.0"
     * @example "registry.example.com/liquibase/liquibase:4.33.0"
     */
    migrationsImage?: string;

    /**
     * Hours after which changes of the database are ended, and the one that is being made is rolled back. The backup before them has
     * operationsDeadlineHours of its own.
     * @default 1
     * @example 8
     */
    migrationsDeadlineHours?: number;
}
