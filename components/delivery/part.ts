import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const deliveryPart: Part = {
    name: "delivery",
    title: "Delivery",
    makes:
        "what stands in the place of the Deployment, where a version comes step by step: the Rollout with its " +
        "strategy, the analysis, the Services of a version that is not the app's yet, and the Job that waits " +
        "until it is",
    schema,
    checks,
    flows,
    demands,
    requirements,
};
