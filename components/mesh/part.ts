import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const meshPart: Part = { name: "mesh", title: "Mesh", schema, checks, flows, requirements };
