import type { Part } from "../lib/part";
import { checks } from "./checks";
import { schema } from "./settings";

export const placementPart: Part = {
    name: "placement",
    title: "Placement, labels and annotations",
    makes: "nothing: where pods run, and what stands on objects and pods beside the stack's own",
    schema,
    checks,
};
