import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const restorePart: Part = { name: "restore", title: "Restore", schema, checks };
