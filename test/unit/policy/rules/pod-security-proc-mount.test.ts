import assert from "node:assert/strict";
import { podSecurityProcMount } from "../../../../policy/rules/pod-security-proc-mount";
import { breaks } from "../../../support/policy/breaks/pod-security-proc-mount";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityProcMount, breaks);

describe("the rule pod-security-proc-mount, further", () => {
    const of = (value: unknown) =>
        violationsWith(
            podSecurityProcMount,
            [["containers", 0, "securityContext", "procMount"], value],
            [["hostUsers"], false],
        );

    it("passes Default only, also for a pod with users of its own", () => {
        for (const value of ["Default", null]) assert.deepEqual(of(value), []);
        for (const value of ["Unmasked", "default", ""]) assert.equal(of(value).length, 1);
    });
});
