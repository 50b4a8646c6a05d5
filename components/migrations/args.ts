export interface MigrationsArgs {
    /**
     * Image of Liquibase 4 with PostgreSQL's driver, laid out as the official one. Later major versions have another licence and no driver.
     * @default "docker.io/liquibase/liquibase:4.33.0"
     * @example "registry.example.com/liquibase/liquibase:4.33.0"
     */
    migrationsImage?: string;
}
