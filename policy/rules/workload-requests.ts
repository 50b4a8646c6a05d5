import { hasAmount, ownAmount } from "../lib/kubernetes/container-resources";
import { eachContainer, type ResourceRule } from "../lib/rule";

export const workloadRequests: ResourceRule = {
    name: "workload-requests",
    description:
        "Each container requests CPU and memory, or its pod does for all of them. A limit counts as a request.",
    severity: "medium",
    level: "advisory",
    why: "A LimitRange of the namespace may give the requests, and a pod that nothing depends on can do without.",
    references: ["kube-score container-resources", "CKV_K8S_10", "CKV_K8S_12"],
    remediation: "Set resources.requests.cpu and resources.requests.memory of the container, or of the pod.",
    check: eachContainer((container, pod, judge) => {
        // An ephemeral container cannot have any.
        if (container.list === "ephemeralContainers") return;
        judge.each(["cpu", "memory"], (resource) => {
            if (hasAmount(container, pod, "requests", resource)) return;
            const own = ownAmount(container, "requests", resource);
            if (!own.absent) judge.wrong(own, "is 0; set what the container needs");
            // Kubernetes takes the limit for a request that is not given.
            else if (!hasAmount(container, pod, "limits", resource)) {
                judge.missing(pod, own, "is missing; set what the container needs");
            }
        });
    }),
};
