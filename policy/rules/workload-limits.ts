import { hasAmount, ownAmount } from "../lib/kubernetes/container-resources";
import { eachContainer, type ResourceRule } from "../lib/rule";

export const workloadLimits: ResourceRule = {
    name: "workload-limits",
    description: "Each container has a limit of CPU and of memory, or its pod has them for all of them.",
    severity: "medium",
    level: "advisory",
    why: "A LimitRange of the namespace may give the limits, and many a sound workload goes without a limit of CPU.",
    references: ["kube-score container-resources", "CKV_K8S_11", "CKV_K8S_13", "C-0270", "C-0271"],
    remediation: "Set resources.limits.cpu and resources.limits.memory of the container, or of the pod.",
    config: {
        resources: {
            type: "array",
            items: { type: "string", enum: ["cpu", "memory"] },
            description: "What must have a limit. `[memory]` where CPU is shared by requests alone.",
            default: ["cpu", "memory"],
        },
    },
    check: eachContainer((container, pod, judge, config) => {
        // An ephemeral container cannot have any.
        if (container.list === "ephemeralContainers") return;
        judge.each(config.resources as string[], (resource) => {
            if (hasAmount(container, pod, "limits", resource)) return;
            const own = ownAmount(container, "limits", resource);
            if (own.absent) judge.missing(pod, own, "is missing; set the most that the container may use");
            else judge.wrong(own, "is 0, which is no limit; set the most that the container may use");
        });
    }),
};
