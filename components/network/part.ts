import type { Part } from "../lib/part";
import { schema } from "./settings";

export const networkPart: Part = { name: "network", title: "Network", schema };
