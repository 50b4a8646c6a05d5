import assert from "node:assert/strict";
import { podSecurityWindowsHostProcess } from "../../../../policy/rules/pod-security-windows-host-process";
import { breaks } from "../../../support/policy/breaks/pod-security-windows-host-process";
import { testBreaks } from "../../../support/policy/rule-tests";
import { judged } from "../../../support/policy/judge";
import { windowsPod } from "../../../support/policy/pod-with";

testBreaks(podSecurityWindowsHostProcess, breaks);

describe("the rule pod-security-windows-host-process, further", () => {
    it("passes other options of Windows", () => {
        const options = { runAsUserName: "ContainerUser", hostProcess: false };
        const pod = windowsPod([["containers", 0, "securityContext", "windowsOptions"], options]);
        assert.deepEqual(judged(podSecurityWindowsHostProcess, pod).violations, []);
    });

    it("finds host processes in a pod that says it is for Windows", () => {
        const pod = windowsPod([["securityContext", "windowsOptions"], { hostProcess: true }]);
        assert.equal(judged(podSecurityWindowsHostProcess, pod).violations.length, 1);
    });
});
