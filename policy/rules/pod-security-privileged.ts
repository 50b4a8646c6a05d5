import { eachContainer, type ResourceRule } from "../lib/rule";
import { mustNotBeTrue } from "../lib/kubernetes/security-context";

export const podSecurityPrivileged: ResourceRule = {
    name: "pod-security-privileged",
    description: "No container is privileged.",
    severity: "critical",
    level: "mandatory",
    references: [
        "PSA privileged",
        "Kyverno disallow-privileged-containers",
        "kube-score container-security-context-privileged",
        "CKV_K8S_16",
        "KSV-0017",
        "C-0057",
    ],
    remediation: "Leave securityContext.privileged out of every container, or set it to false.",
    check: eachContainer((container, _pod, judge) =>
        mustNotBeTrue(container.fields.at("securityContext", "privileged"), judge),
    ),
};
