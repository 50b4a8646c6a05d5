import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const backupPart: Part = { name: "backup", title: "Backup", schema, checks, flows, demands };
