import { eachObject, type ResourceRule } from "../lib/rule";

export const workloadBarePods: ResourceRule = {
    name: "workload-bare-pods",
    description: "No pod is without a controller that starts it again when its node is lost.",
    severity: "medium",
    level: "advisory",
    why: "A bare pod is a matter of reliability, and sound for a test or a look into a cluster.",
    references: ["Kyverno prevent-bare-pods"],
    remediation: "Put the pod into a Deployment, StatefulSet or DaemonSet, or into a Job when it ends.",
    check: eachObject([{ kind: "Pod", groups: [""] }], (object, judge) => {
        const owners = object.fields.at("metadata", "ownerReferences");
        const problem = "names no controller; make the pod by a Deployment, StatefulSet, DaemonSet or Job";
        if (owners.absent) judge.missing(object, owners, problem);
        else if (owners.items.length === 0) judge.wrong(owners, problem);
    }),
};
