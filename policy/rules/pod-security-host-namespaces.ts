import { eachPod, type ResourceRule } from "../lib/rule";
import { mustNotBeTrue } from "../lib/kubernetes/security-context";

export const podSecurityHostNamespaces: ResourceRule = {
    name: "pod-security-host-namespaces",
    description: "No pod shares the network, the processes or the IPC of its node.",
    severity: "critical",
    level: "mandatory",
    references: [
        "PSA hostNamespaces",
        "Kyverno disallow-host-namespaces",
        "CKV_K8S_17",
        "CKV_K8S_18",
        "CKV_K8S_19",
        "KSV-0008",
        "KSV-0009",
        "KSV-0010",
        "C-0038",
        "C-0041",
    ],
    remediation: "Leave hostNetwork, hostPID and hostIPC out of the pod's spec, or set them to false.",
    check: eachPod(({ spec }, judge) =>
        judge.each(["hostNetwork", "hostPID", "hostIPC"], (flag) => mustNotBeTrue(spec.at(flag), judge)),
    ),
};
