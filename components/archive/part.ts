import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const archivePart: Part = {
    name: "archive",
    title: "Continuous archive",
    makes: "the continuous archive: its name, its key, base backups, and the one that a recovery reads",
    schema,
    checks,
    flows,
    requirements,
};
