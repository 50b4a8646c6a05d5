import type { Field } from "../lib/field";
import { eachBinding } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";
import { defaultAccount, hasDefaultAccount, isDefaultAccountUser } from "../lib/kubernetes/service-accounts";

function isDefault(subject: Field): boolean {
    const kind = subject.at("kind").value;
    const name = subject.at("name").text ?? "";
    if (kind === "ServiceAccount") return name === defaultAccount;
    return kind === "Group" ? hasDefaultAccount(name) : isDefaultAccountUser(name);
}

export const rbacDefaultServiceAccountBinding: ResourceRule = {
    name: "rbac-default-service-account-binding",
    description:
        "No role is bound to a default service account, by itself or in a group, as each pod may have that account.",
    severity: "high",
    level: "mandatory",
    references: ["CKV_K8S_42", "C-0189"],
    remediation: "Bind the role to a ServiceAccount of the one workload that needs it.",
    check: eachBinding(({ fields }, judge) =>
        judge.each(fields.at("subjects").items, (subject) => {
            if (!isDefault(subject)) return;
            judge.wrong(subject.at("name"), "is, or includes, a default service account; name the workload's own");
        }),
    ),
};
