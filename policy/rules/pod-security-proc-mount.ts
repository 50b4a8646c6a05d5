import { eachContainer, type ResourceRule } from "../lib/rule";

export const podSecurityProcMount: ResourceRule = {
    name: "pod-security-proc-mount",
    description: "Every container has /proc with the runtime's default masks.",
    severity: "high",
    level: "mandatory",
    references: ["PSA procMount", "Kyverno disallow-proc-mount", "KSV-0027"],
    remediation: "Leave securityContext.procMount out of every container, or set it to Default.",
    check: eachContainer((container, _pod, judge) => {
        const procMount = container.fields.at("securityContext", "procMount");
        if (procMount.value !== undefined && procMount.value !== "Default")
            judge.wrong(procMount, "must be Default or absent");
    }),
};
