import { Autoscalers, replicasOf } from "../lib/kubernetes/autoscalers";
import type { Pod } from "../lib/kubernetes/pods";
import type { StackRule } from "../lib/rule";

const replicated = new Set(["Deployment", "Rollout", "StatefulSet", "ReplicaSet", "ReplicationController"]);
const antiAffinities = [
    "requiredDuringSchedulingIgnoredDuringExecution",
    "preferredDuringSchedulingIgnoredDuringExecution",
];

/** A constraint without a selector counts no pods, so it spreads none. */
const spreads = ({ spec }: Pod) =>
    spec.at("topologySpreadConstraints").items.some((constraint) => !constraint.at("labelSelector").absent) ||
    antiAffinities.some((kind) => spec.at("affinity", "podAntiAffinity", kind).items.length > 0);

export const workloadSpread: StackRule = {
    name: "workload-spread",
    description: "The replicas of a workload are spread over nodes or zones.",
    severity: "low",
    level: "advisory",
    why: "The scheduler spreads replicas a little by itself, and a cluster of one node has nothing to spread over.",
    references: ["KubeLinter no-anti-affinity", "Polaris topologySpreadConstraint"],
    remediation: "Give the pod topologySpreadConstraints, or a podAntiAffinity, that select its own labels.",
    checkStack: (stack, judge) => {
        const autoscalers = new Autoscalers(stack, judge);
        judge.each(stack.pods, ({ resource, pod }) => {
            const { object, patch, spec } = pod;
            if (!replicated.has(object.kind) || patch) return;
            const autoscaler = autoscalers.of(object);
            const most = autoscaler
                ? replicasOf(autoscaler.most, autoscaler.defaults.most)
                : replicasOf(object.fields.at("spec", "replicas"), 1);
            if (most < 2 || spreads(pod)) return;
            const constraints = spec.at("topologySpreadConstraints");
            judge.wrong(resource, constraints, "spreads no replicas, nor does a podAntiAffinity; add one of them");
        });
    },
};
