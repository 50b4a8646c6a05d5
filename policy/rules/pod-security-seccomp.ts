import { Judge } from "../lib/judge";
import { containerLists } from "../lib/kubernetes/pods";
import { eachPod, type ResourceRule } from "../lib/rule";
import { canBeFilledIn, isWindows, requiredSetting } from "../lib/kubernetes/security-context";

export const podSecuritySeccomp: ResourceRule = {
    name: "pod-security-seccomp",
    description: "Every container runs under a seccomp profile: the runtime's own or one of the node's.",
    severity: "medium",
    level: "mandatory",
    references: [
        "PSA seccompProfile_restricted",
        "Kyverno restrict-seccomp-strict",
        "kube-score container-seccomp-profile",
        "CKV_K8S_31",
        "KSV-0030",
        "C-0210",
    ],
    remediation: "Set securityContext.seccompProfile.type to RuntimeDefault in the pod's spec.",
    // The old annotations have had no effect since 1.27.
    check: requiredSetting({
        at: ["seccompProfile", "type"],
        allowed: ["RuntimeDefault", "Localhost"],
        problem: "must be RuntimeDefault or Localhost",
        exempt: isWindows,
    }),
    remediate: (resource) => {
        let changed = false;
        const fill = eachPod((pod) => {
            const profile = pod.spec.at("securityContext", "seccompProfile");
            if (!profile.absent || !canBeFilledIn(pod)) return;
            const containers = containerLists.flatMap((list) => pod.containers(list));
            if (containers.every(({ fields }) => !fields.at("securityContext", "seccompProfile").absent)) return;
            profile.put({ type: "RuntimeDefault" });
            changed = true;
        });
        fill(resource, new Judge(), {});
        return changed;
    },
};
