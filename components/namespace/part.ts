import type { Part } from "../lib/part";
import { schema } from "./settings";

export const namespacePart: Part = { name: "namespace", title: "General", schema };
