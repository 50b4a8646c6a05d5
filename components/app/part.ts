import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const appPart: Part = {
    name: "app",
    title: "The app",
    makes: "the app: configuration, pods, autoscaler, disruption budget, its access key",
    schema,
    checks,
    flows,
    demands,
};
