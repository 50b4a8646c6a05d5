import type { Break } from "../break";
import type { Props } from "../judge";
import { podBreaks, podResource } from "../pods";

const rule = "workload-requests";

/** Without limits, which count as requests. */
const withoutLimits = (list: string, resource: string): Break => ({
    rule,
    title: `no request of ${resource} and no limits, ${list}`,
    fixture: () => {
        const given = podResource("Pod");
        const [container] = (given.props.spec as Props)[list] as Props[];
        delete (container!.resources as Props).limits;
        return given;
    },
    at: ["spec", list, 0, "resources", "requests", resource],
    value: "0",
    field: `spec.${list}[${list === "containers" ? "app" : "init"}].resources.requests.${resource}`,
    absent: "wrong",
});

const lists = ["containers", "initContainers"];

export const breaks: Break[] = [
    ...podBreaks({
        rule,
        title: "a request of no memory",
        at: ["containers", 0, "resources", "requests", "memory"],
        value: "0Mi",
        absent: "fine",
    }),
    ...lists.flatMap((list) => ["cpu", "memory"].map((resource) => withoutLimits(list, resource))),
];
