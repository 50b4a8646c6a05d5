import type { Part } from "../lib/part";
import { agreements } from "./agreements";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const databasePart: Part = {
    name: "database",
    title: "PostgreSQL",
    schema,
    checks,
    flows,
    demands,
    requirements,
    agreements,
};
