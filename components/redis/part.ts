import type { Part } from "../lib/part";
import { checks } from "./checks";
import { demands } from "./demands";
import { flows } from "./flows";
import { schema } from "./settings";

export const redisPart: Part = {
    name: "redis",
    title: "Redis",
    makes:
        "the StatefulSet and its configuration, or an external server, and the Job that tries it; the exporter of " +
        "metrics",
    schema,
    checks,
    flows,
    demands,
};
