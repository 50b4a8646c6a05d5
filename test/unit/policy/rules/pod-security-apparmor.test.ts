import assert from "node:assert/strict";
import { podSecurityApparmor } from "../../../../policy/rules/pod-security-apparmor";
import { breaks } from "../../../support/policy/breaks/pod-security-apparmor";
import { testBreaks } from "../../../support/policy/rule-tests";
import { put } from "../../../support/policy/break";
import { judged } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityApparmor, breaks);

describe("the rule pod-security-apparmor, further", () => {
    const rule = podSecurityApparmor;
    const key = "container.apparmor.security.beta.kubernetes.io/app";
    const annotated = (value: unknown, name = key) =>
        judged(rule, put(podResource("Pod"), ["metadata", "annotations", name], value)).violations;

    it("passes the runtime's profile and the node's own", () => {
        for (const value of ["runtime/default", "localhost/app", "", null]) assert.deepEqual(annotated(value), []);
        for (const type of ["RuntimeDefault", "Localhost"])
            assert.deepEqual(violationsWith(rule, [["securityContext", "appArmorProfile"], { type }]), []);
    });

    it("takes no other spelling", () => {
        for (const value of ["unconfined", "Unconfined", "RuntimeDefault", "localhost"])
            assert.equal(annotated(value).length, 1);
        for (const type of ["Unconfined", "runtime/default", ""])
            assert.equal(violationsWith(rule, [["securityContext", "appArmorProfile"], { type }]).length, 1);
    });

    it("finds an annotation whatever container it names", () => {
        assert.equal(annotated("unconfined", `${key}-gone`).length, 1);
    });

    it("does not speak of other annotations, or of those of a controller", () => {
        assert.deepEqual(annotated("unconfined", "example.com/app"), []);
        const controller = put(podResource("Deployment"), ["metadata", "annotations", key], "unconfined");
        assert.deepEqual(judged(rule, controller).violations, []);
    });
});
