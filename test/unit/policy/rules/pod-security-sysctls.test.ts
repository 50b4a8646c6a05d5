import assert from "node:assert/strict";
import { podSecuritySysctls } from "../../../../policy/rules/pod-security-sysctls";
import { breaks } from "../../../support/policy/breaks/pod-security-sysctls";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecuritySysctls, breaks);

describe("the rule pod-security-sysctls, further", () => {
    const of = (...names: string[]) => {
        const sysctls = names.map((name) => ({ name, value: "1" }));
        return violationsWith(podSecuritySysctls, [["securityContext", "sysctls"], sysctls]);
    };

    it("passes what is safe", () => {
        assert.deepEqual(
            of(
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
            ),
            [],
        );
    });

    it("finds all others, and the safe ones with slashes, as the API server does", () => {
        assert.deepEqual(of("net.core.somaxconn", "net.ipv4.tcp_wmem", "net/ipv4/tcp_rmem"), [
            "spec.securityContext.sysctls[net.core.somaxconn].name: is not among the parameters that are safe to set",
            "spec.securityContext.sysctls[net/ipv4/tcp_rmem].name: is not among the parameters that are safe to set",
        ]);
    });
});
