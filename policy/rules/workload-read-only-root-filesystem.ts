import { eachContainer, type ResourceRule } from "../lib/rule";
import { isWindows, wrongOrMissing } from "../lib/kubernetes/security-context";

export const workloadReadOnlyRootFilesystem: ResourceRule = {
    name: "workload-read-only-root-filesystem",
    description:
        "No container can write to its root filesystem. Windows has no such setting, so its pods are left out.",
    severity: "high",
    level: "mandatory",
    references: [
        "kube-score container-security-context-readonlyrootfilesystem",
        "Kyverno require-ro-rootfs",
        "CKV_K8S_22",
        "KSV-0014",
        "C-0017",
    ],
    remediation:
        "Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the container writes.",
    check: eachContainer((container, pod, judge) => {
        const readOnly = container.fields.at("securityContext", "readOnlyRootFilesystem");
        if (readOnly.value === true || isWindows(pod)) return;
        wrongOrMissing(pod, readOnly, judge, "must be true");
    }),
};
