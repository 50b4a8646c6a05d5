import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const deliveryPart: Part = {
    name: "delivery",
    title: "Delivery",
    schema,
    checks,
    flows,
    demands,
    requirements,
};
