import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const sightPart: Part = { name: "sight", title: "Sight", schema, checks, flows, requirements };
