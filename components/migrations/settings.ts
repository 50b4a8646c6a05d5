import * as a from "../config/setting";
import type { MigrationsArgs } from "./args";

export const schema: a.Schema<MigrationsArgs> = {
    migrationsImage: a.image({
        default: "docker.io/liquibase/liquibase:4.33.0",
        example: "docker.io/liquibase/liquibase:4.33.0",
    }),
    migrationsDeadlineHours: a.integer(1, 168, { default: 1, example: 8 }),
};
