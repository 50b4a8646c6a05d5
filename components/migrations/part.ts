import type { Part } from "../lib/part";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const migrationsPart: Part = {
    name: "migrations",
    title: "Migrations",
    makes:
        "the Job that brings the database to the newest change, the changelog (`sql/`, one immutable file a " +
        "change), and the backup before it; `liquibase.sh` for use by hand",
    schema,
    flows,
    demands,
};
