import assert from "node:assert/strict";
import { podSecuritySelinux } from "../../../../policy/rules/pod-security-selinux";
import { breaks } from "../../../support/policy/breaks/pod-security-selinux";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecuritySelinux, breaks);

describe("the rule pod-security-selinux, further", () => {
    const of = (options: unknown) =>
        violationsWith(podSecuritySelinux, [["securityContext", "seLinuxOptions"], options]);

    it("passes the types made for containers, a level, and what is empty", () => {
        for (const type of ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"])
            assert.deepEqual(of({ type, user: "", role: null, level: "s0:c1,c2" }), []);
        assert.deepEqual(of(null), []);
    });

    it("names each option that is wrong", () => {
        assert.deepEqual(
            of({ type: "container_file_t", user: "user_u", role: "role_r" }).map((it) => it.split(":")[0]),
            ["type", "user", "role"].map((option) => `spec.securityContext.seLinuxOptions.${option}`),
        );
    });
});
