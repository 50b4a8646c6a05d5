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
    makes:
        "the chart of one CloudNativePG `Cluster`, its values and roles, or an external server; the operator, " +
        "where asked for",
    schema,
    checks,
    flows,
    demands,
    requirements,
    agreements,
};
