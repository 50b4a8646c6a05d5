import assert from "node:assert/strict";
import { podSecurityPrivileged } from "../../../../policy/rules/pod-security-privileged";
import { breaks } from "../../../support/policy/breaks/pod-security-privileged";
import { testBreaks } from "../../../support/policy/rule-tests";
import { judged } from "../../../support/policy/judge";
import { goodPodSpec } from "../../../support/policy/pods";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityPrivileged, breaks);

describe("the rule pod-security-privileged, further", () => {
    const of = (value: unknown) =>
        violationsWith(podSecurityPrivileged, [["containers", 0, "securityContext", "privileged"], value]);

    it("passes false and null, and nothing else", () => {
        for (const value of [false, null]) assert.deepEqual(of(value), []);
        for (const value of [true, "true", 1]) assert.equal(of(value).length, 1);
    });

    it("finds it in the items of a list kind", () => {
        const spec = goodPodSpec();
        Object.assign((spec.containers as object[])[0]!, { securityContext: { privileged: true } });
        const given = { type: "kubernetes:core/v1:PodList", props: { items: [{ metadata: { name: "it" }, spec }] } };
        assert.deepEqual(judged(podSecurityPrivileged, given).violations, [
            "items[0].spec.containers[app].securityContext.privileged: must be false or absent",
        ]);
    });
});
