import type { Container, Pod } from "../lib/kubernetes/pods";
import { eachContainer, type ResourceRule } from "../lib/rule";

const controllers = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout"];
const longRunning = new Set(controllers);
const handlers = ["httpGet", "tcpSocket", "grpc", "exec"];

const alwaysRestarts = ({ fields }: Pick<Container, "fields">) => fields.at("restartPolicy").value === "Always";

/** Jobs end, and what other kinds do with their template is not known. */
function runsOn({ object, spec }: Pod): boolean {
    if (longRunning.has(object.kind)) return true;
    return object.kind === "Pod" && object.group === "" && (spec.at("restartPolicy").value ?? "Always") === "Always";
}

export const workloadProbes: ResourceRule = {
    name: "workload-probes",
    description: "Each container of a pod that is to run on, sidecars included, has a liveness and a readiness probe.",
    severity: "medium",
    level: "advisory",
    why: "A container that ends when it fails needs no liveness probe, and one that serves nobody no readiness probe.",
    references: ["CKV_K8S_8", "CKV_K8S_9", "C-0056", "C-0018"],
    remediation: "Give the container a livenessProbe and a readinessProbe.",
    check: eachContainer((container, pod, judge) => {
        if (container.list === "ephemeralContainers" || !runsOn(pod)) return;
        // An init container that always restarts is a sidecar; the others end.
        if (container.list === "initContainers" && !alwaysRestarts(container)) return;
        judge.each(["livenessProbe", "readinessProbe"], (name) => {
            const probe = container.fields.at(name);
            if (probe.absent) judge.missing(pod, probe, "is missing; say how to tell that the container works");
            else if (typeof probe.value !== "object") judge.wrong(probe, "is no probe");
            else if (handlers.every((handler) => probe.at(handler).absent)) {
                judge.missing(pod, probe, `has none of ${handlers.join(", ")}`);
            }
        });
    }),
};
