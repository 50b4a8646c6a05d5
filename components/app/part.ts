import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const appPart: Part = { name: "app", title: "The app", schema, checks, flows, demands };
