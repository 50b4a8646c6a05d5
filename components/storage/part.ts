import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const storagePart: Part = { name: "storage", title: "Storage", schema, checks };
