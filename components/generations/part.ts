import type { Part } from "../lib/part";
import { agreements } from "./agreements";

export const generationsPart: Part = { name: "generations", title: "Generations of credentials", agreements };
