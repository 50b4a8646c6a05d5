import type { Part } from "../lib/part";

export const requirementsPart: Part = {
    name: "requirements",
    title: "Requirements",
    makes:
        "the check, before anything is made, that the cluster has what the parts need; its chart has no objects: " +
        "it renders nothing, or the error",
};
