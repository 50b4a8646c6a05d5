import assert from "node:assert/strict";
import { podSecurityHostNamespaces } from "../../../../policy/rules/pod-security-host-namespaces";
import { breaks } from "../../../support/policy/breaks/pod-security-host-namespaces";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityHostNamespaces, breaks);

describe("the rule pod-security-host-namespaces, further", () => {
    it("names each of the namespaces shared", () => {
        const found = violationsWith(
            podSecurityHostNamespaces,
            [["hostNetwork"], true],
            [["hostPID"], true],
            [["hostIPC"], false],
            [["hostUsers"], true],
        );
        assert.deepEqual(
            found.map((violation) => violation.split(":")[0]),
            ["spec.hostNetwork", "spec.hostPID"],
        );
    });
});
