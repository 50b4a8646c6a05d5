import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const drillPart: Part = {
    name: "drill",
    title: "Drill",
    makes: "the CronJob that tries a restore",
    schema,
    checks,
    flows,
    demands,
};
