import type { ResourceRule } from "../lib/rule";
import { eachSecurityContext, mustNotBeTrue } from "../lib/kubernetes/security-context";

export const podSecurityWindowsHostProcess: ResourceRule = {
    name: "pod-security-windows-host-process",
    description: "No Windows container runs as a process of its node.",
    severity: "critical",
    level: "mandatory",
    references: ["PSA windowsHostProcess", "Kyverno disallow-host-process", "KSV-0103"],
    remediation: "Leave securityContext.windowsOptions.hostProcess out, or set it to false.",
    check: eachSecurityContext((securityContext, judge) =>
        mustNotBeTrue(securityContext.at("windowsOptions", "hostProcess"), judge),
    ),
};
