import type { Part } from "../lib/part";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const migrationsPart: Part = { name: "migrations", title: "Migrations", schema, flows, demands };
