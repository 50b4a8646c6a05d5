import type { Part } from "../lib/part";
import { checks } from "./checks";
import { flows } from "./flows";
import { requirements } from "./requirements";
import { schema } from "./settings";

export const sightPart: Part = {
    name: "sight",
    title: "Sight",
    makes:
        "what Prometheus finds metrics by: monitors, annotations, Services that nobody calls, and who may read. " +
        "Each exporter is in the part that it tells of. `alerts/`: the rules, one file a subject. The dashboard, " +
        "which `tools/dashboard/` makes",
    schema,
    checks,
    flows,
    requirements,
};
