import type { Break } from "../break";
import { podBreaks } from "../pods";

const limit = (list: string, resource: string, kinds?: string[]) =>
    podBreaks({
        rule: "workload-limits",
        title: `no limit of ${resource}, ${list}`,
        at: [list, 0, "resources", "limits", resource],
        value: 0,
        absent: "wrong",
        kinds,
    });

export const breaks: Break[] = [
    ...limit("containers", "memory"),
    ...limit("containers", "cpu"),
    ...limit("initContainers", "memory", ["Deployment"]),
];
