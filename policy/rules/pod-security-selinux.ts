import type { ResourceRule } from "../lib/rule";
import { eachSecurityContext } from "../lib/kubernetes/security-context";

const types = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** What each of the options may be; an empty text is as good as none. */
const options: [name: string, allowed: string[], problem: string][] = [
    ["type", types, `must be ${types.join(", ")} or absent`],
    ["user", [], "must be absent"],
    ["role", [], "must be absent"],
];

export const podSecuritySelinux: ResourceRule = {
    name: "pod-security-selinux",
    description: "No pod and no container chooses an SELinux user or role, or a type that is not made for containers.",
    severity: "high",
    level: "mandatory",
    references: ["PSA seLinuxOptions", "Kyverno disallow-selinux", "KSV-0025"],
    remediation: `Leave seLinuxOptions out, or set only its level, or its type to one of ${types.join(", ")}.`,
    check: eachSecurityContext((securityContext, judge) =>
        judge.each(options, ([name, allowed, problem]) => {
            const option = securityContext.at("seLinuxOptions", name);
            if (!([undefined, "", ...allowed] as unknown[]).includes(option.value)) judge.wrong(option, problem);
        }),
    ),
};
