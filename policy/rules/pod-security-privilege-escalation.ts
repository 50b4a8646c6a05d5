import type { Field } from "../lib/field";
import { Judge } from "../lib/judge";
import { eachContainer, type ResourceRule } from "../lib/rule";
import { canBeFilledIn, isWindows, wrongOrMissing } from "../lib/kubernetes/security-context";

/** With these a container can always gain privileges, and the API server may refuse to hear that it cannot. */
const canAnyway = (securityContext: Field) =>
    securityContext.at("privileged").value === true ||
    securityContext.at("capabilities", "add").items.some(({ text }) => text?.endsWith("SYS_ADMIN"));

export const podSecurityPrivilegeEscalation: ResourceRule = {
    name: "pod-security-privilege-escalation",
    description: "No process of a container can gain more privileges than its parent, as by a set-user-ID file.",
    severity: "high",
    level: "mandatory",
    references: [
        "PSA allowPrivilegeEscalation",
        "Kyverno disallow-privilege-escalation",
        "CKV_K8S_20",
        "KSV-0001",
        "C-0016",
    ],
    remediation:
        "Set securityContext.allowPrivilegeEscalation to false in every container. It cannot be set for the pod.",
    check: eachContainer((container, pod, judge) => {
        const allowed = container.fields.at("securityContext", "allowPrivilegeEscalation");
        if (allowed.value !== false && !isWindows(pod)) wrongOrMissing(pod, allowed, judge, "must be false");
    }),
    remediate: (resource) => {
        let changed = false;
        const fill = eachContainer((container, pod) => {
            const securityContext = container.fields.at("securityContext");
            const allowed = securityContext.at("allowPrivilegeEscalation");
            if (!allowed.absent || !canBeFilledIn(pod) || canAnyway(securityContext)) return;
            allowed.put(false);
            changed = true;
        });
        fill(resource, new Judge(), {});
        return changed;
    },
};
