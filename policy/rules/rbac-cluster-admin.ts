import type { KubernetesObject } from "../lib/kubernetes/objects";
import { eachBinding } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";

const everything = "cluster-admin";
/** In all namespaces, that of the control plane among them, these run any pod and read any secret. */
const asGood = ["admin", "edit", "system:aggregate-to-admin", "system:aggregate-to-edit"];

function isAdmin({ kind }: KubernetesObject, role: string): boolean {
    return role === everything || (kind === "ClusterRoleBinding" && asGood.includes(role));
}

export const rbacClusterAdmin: ResourceRule = {
    name: "rbac-cluster-admin",
    description:
        "No binding gives cluster-admin, or admin or edit in all namespaces, and none names the group system:masters, which may do " +
        "everything.",
    severity: "critical",
    level: "mandatory",
    references: ["Kyverno restrict-binding-clusteradmin", "KSV-0111", "C-0185"],
    remediation:
        "Bind a role of the rights that are needed, and by a RoleBinding in the namespace where they are needed.",
    check: eachBinding((object, judge) => {
        judge.part(() => {
            const roleRef = object.fields.at("roleRef");
            const name = roleRef.at("name");
            // A Role may have any name.
            if (!isAdmin(object, name.text ?? "") || roleRef.at("kind").value === "Role") return;
            judge.wrong(name, `is ${name.text}; bind a role of the rights that are needed`);
        });
        judge.each(object.fields.at("subjects").items, (subject) => {
            const name = subject.at("name");
            if (name.value === "system:masters") judge.wrong(name, "is system:masters, which may do everything");
        });
    }),
};
