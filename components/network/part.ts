import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const networkPart: Part = { name: "network", title: "Network", schema, checks };
