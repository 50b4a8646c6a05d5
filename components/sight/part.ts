import type { Part } from "../lib/part";
import { schema } from "./settings";

export const sightPart: Part = { name: "sight", title: "Sight", schema };
