import type { Break } from "../break";
import { bindingOf, goodSubject, subjectBreaks } from "../roles";

const rule = "rbac-cluster-admin";

const roleRef = (kind: string, value: string): Break => ({
    rule,
    title: `${value} by a ${kind}`,
    fixture: () => bindingOf([goodSubject()], { kind: "ClusterRole", name: "view" }, kind),
    at: ["roleRef", "name"],
    value,
    field: "roleRef.name",
    absent: "fine",
});

export const breaks: Break[] = [
    roleRef("ClusterRoleBinding", "cluster-admin"),
    roleRef("RoleBinding", "cluster-admin"),
    roleRef("ClusterRoleBinding", "admin"),
    roleRef("ClusterRoleBinding", "edit"),
    ...subjectBreaks({ rule, title: "the masters", value: "system:masters" }, "Group"),
];
