import type { Part } from "../lib/part";
import { demands } from "./demands";
import { flows } from "./flows";

export const doctorPart: Part = { name: "doctor", title: "Doctor", flows, demands };
