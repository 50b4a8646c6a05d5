import { eachPod, type ResourceRule } from "../lib/rule";
import { wrongOrMissing } from "../lib/kubernetes/security-context";

/** What acts on the pod alone, by the name with dots. */
const safe = new Set<unknown>([
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
]);

export const podSecuritySysctls: ResourceRule = {
    name: "pod-security-sysctls",
    description: "A pod sets only those kernel parameters that act on itself alone.",
    severity: "high",
    level: "mandatory",
    references: ["PSA sysctls", "Kyverno restrict-sysctls", "KSV-0026"],
    remediation: `Set none but these in securityContext.sysctls: ${[...safe].join(", ")}.`,
    check: eachPod((pod, judge) =>
        judge.each(pod.spec.at("securityContext", "sysctls").items, (sysctl) => {
            const name = sysctl.at("name");
            if (!safe.has(name.value))
                wrongOrMissing(pod, name, judge, "is not among the parameters that are safe to set");
        }),
    ),
};
