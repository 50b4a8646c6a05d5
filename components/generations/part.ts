import type { Part } from "../lib/part";
import { agreements } from "./agreements";

export const generationsPart: Part = {
    name: "generations",
    title: "Generations of credentials",
    makes:
        "the numbers of all credentials, in two ConfigMaps: what updates have begun with, and what they came to " +
        "the end with",
    agreements,
};
