import type { Field } from "../lib/field";
import type { Pod } from "../lib/kubernetes/pods";
import { eachPod, type ResourceRule } from "../lib/rule";
import { defaultAccount } from "../lib/kubernetes/service-accounts";

/** Operators give the pods of their custom resources an account of their own. A Rollout is what a Deployment is. */
const hasOperator = ({ object }: Pod) => object.group.includes(".") && object.kind !== "Rollout";

/** The account's name; the old name of the field holds where the new one is empty. */
function account(spec: Field): Field {
    const [name, oldName] = [spec.at("serviceAccountName"), spec.at("serviceAccount")];
    return (name.value ?? "") === "" && !oldName.absent ? oldName : name;
}

export const rbacDefaultServiceAccount: ResourceRule = {
    name: "rbac-default-service-account",
    description: "Each pod has a service account of its own in place of its namespace's default one.",
    severity: "low",
    level: "advisory",
    why:
        "A pod without a token can do nothing with its account, and rbac-default-service-account-binding and " +
        "rbac-token-automount are mandatory.",
    references: ["CKV_K8S_41", "C-0189"],
    remediation: "Make a ServiceAccount for the workload and name it as serviceAccountName.",
    check: eachPod((pod, judge) => {
        const name = account(pod.spec);
        const problem = "is the default service account; name one of the workload's own";
        if (name.value === defaultAccount) judge.wrong(name, problem);
        else if ((name.value ?? "") === "" && !hasOperator(pod)) judge.missing(pod, name, problem);
    }),
};
