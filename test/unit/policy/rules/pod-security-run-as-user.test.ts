import assert from "node:assert/strict";
import { podSecurityRunAsUser } from "../../../../policy/rules/pod-security-run-as-user";
import { breaks } from "../../../support/policy/breaks/pod-security-run-as-user";
import { testBreaks } from "../../../support/policy/rule-tests";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityRunAsUser, breaks);

describe("the rule pod-security-run-as-user, further", () => {
    const places = [["securityContext"], ["containers", 0, "securityContext"]];
    const of = (value: unknown) =>
        places.flatMap((place) => violationsWith(podSecurityRunAsUser, [[...place, "runAsUser"], value]));

    it("passes every ID but 0", () => {
        for (const value of [1, 10001, null]) assert.deepEqual(of(value), []);
        for (const value of [0, "0"]) assert.equal(of(value).length, 2);
    });

    it("does not speak of groups", () => {
        assert.deepEqual(violationsWith(podSecurityRunAsUser, [["securityContext", "runAsGroup"], 0]), []);
    });
});
