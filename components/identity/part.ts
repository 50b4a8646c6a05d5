import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const identityPart: Part = { name: "identity", title: "Credentials of AWS", schema, checks, flows, demands };
