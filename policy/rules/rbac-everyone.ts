import type { Field } from "../lib/field";
import { eachBinding } from "../lib/kubernetes/rbac-rules";
import type { ResourceRule } from "../lib/rule";

/** By the name of user or group: the roles that Kubernetes itself gives them, which say no more than what the API has. */
const everyone: Record<string, string[]> = {
    "system:anonymous": [],
    "system:unauthenticated": ["system:public-info-viewer"],
    "system:authenticated": ["system:public-info-viewer", "system:basic-user", "system:discovery"],
};

const isOneOf = (roleRef: Field, roles: string[]) =>
    roles.includes(roleRef.at("name").text ?? "") && roleRef.at("kind").value === "ClusterRole";

export const rbacEveryone: ResourceRule = {
    name: "rbac-everyone",
    description: "No role is bound to everyone who is authenticated, nor to everyone who is not.",
    severity: "critical",
    level: "mandatory",
    references: ["Kyverno restrict-binding-system-groups"],
    remediation: "Bind the role to the users, groups or service accounts that need it.",
    check: eachBinding(({ fields }, judge) =>
        judge.each(fields.at("subjects").items, (subject) => {
            const name = subject.at("name");
            const roles = Object.hasOwn(everyone, name.text ?? "") ? everyone[name.text!] : undefined;
            if (!roles || isOneOf(fields.at("roleRef"), roles)) return;
            judge.wrong(name, `is ${name.text}, which is everyone; name who needs the role`);
        }),
    ),
};
