import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const placementPart: Part = { name: "placement", title: "Placement, labels and annotations", schema, checks };
