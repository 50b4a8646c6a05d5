import type { ResourceRule } from "../lib/rule";
import { requiredSetting } from "../lib/kubernetes/security-context";

export const podSecurityRunAsNonRoot: ResourceRule = {
    name: "pod-security-run-as-non-root",
    description: "Every container must run as another user than root, or the kubelet does not start it.",
    severity: "high",
    level: "mandatory",
    references: ["PSA runAsNonRoot", "Kyverno require-run-as-nonroot", "CKV_K8S_23", "KSV-0012", "C-0013"],
    remediation: "Set securityContext.runAsNonRoot to true in the pod's spec, and no container's to false.",
    // Windows pods are not exempt: the kubelet looks at their user name.
    check: requiredSetting({ at: ["runAsNonRoot"], allowed: [true], problem: "must be true" }),
};
