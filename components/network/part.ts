import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const networkPart: Part = {
    name: "network",
    title: "Network",
    makes: "one NetworkPolicy for each kind of pod, of the flows of all parts",
    schema,
    checks,
};
