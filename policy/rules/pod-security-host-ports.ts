import { eachContainer, type ResourceRule } from "../lib/rule";

export const podSecurityHostPorts: ResourceRule = {
    name: "pod-security-host-ports",
    description: "No container takes a port of its node.",
    severity: "high",
    level: "mandatory",
    references: ["PSA hostPorts", "Kyverno disallow-host-ports", "CKV_K8S_26", "KSV-0024", "C-0044"],
    remediation: "Leave hostPort out of every port, and reach the pod through a Service.",
    // In the node's network each port becomes a port of the node by itself. Of that, pod-security-host-namespaces speaks.
    check: eachContainer((container, _pod, judge) =>
        judge.each(container.fields.at("ports").items, (port) => {
            const hostPort = port.at("hostPort");
            if (hostPort.value !== undefined && hostPort.value !== 0) judge.wrong(hostPort, "must be 0 or absent");
        }),
    ),
};
