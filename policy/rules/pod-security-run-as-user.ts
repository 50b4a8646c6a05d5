import type { ResourceRule } from "../lib/rule";
import { eachSecurityContext } from "../lib/kubernetes/security-context";

export const podSecurityRunAsUser: ResourceRule = {
    name: "pod-security-run-as-user",
    description: "No pod and no container asks for the user ID 0, which is root.",
    severity: "high",
    level: "mandatory",
    references: ["PSA runAsUser", "Kyverno require-run-as-non-root-user", "KSV-0020"],
    remediation: "Leave securityContext.runAsUser out, so that the image's user holds, or set it to an ID above 0.",
    check: eachSecurityContext((securityContext, judge) => {
        const user = securityContext.at("runAsUser");
        if (user.number === 0) judge.wrong(user, "is root; must be above 0 or absent");
    }),
};
