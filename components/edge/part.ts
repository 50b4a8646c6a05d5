import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const edgePart: Part = { name: "edge", title: "Edge", schema, checks, flows, requirements };
