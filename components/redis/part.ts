import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const redisPart: Part = { name: "redis", title: "Redis", schema, checks, flows, demands };
