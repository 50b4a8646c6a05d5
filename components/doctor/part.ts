import type { Part } from "../lib/part";
import { demands } from "./demands";
import { flows } from "./flows";

export const doctorPart: Part = {
    name: "doctor",
    title: "Doctor",
    makes:
        "the template of Jobs that look whether the stack is well; `scripts/`: the checks, Python, which `make " +
        "doctor` runs from a checkout; `findings.json`: what each code means; `expectations.ts`: what they are " +
        "told of the stack",
    flows,
    demands,
};
