import assert from "node:assert/strict";
import { podSecurityRunAsNonRoot } from "../../../../policy/rules/pod-security-run-as-non-root";
import { breaks } from "../../../support/policy/breaks/pod-security-run-as-non-root";
import { testBreaks } from "../../../support/policy/rule-tests";
import { judged, unknown } from "../../../support/policy/judge";
import { judgedWith, violationsWith, windowsPod } from "../../../support/policy/pod-with";

testBreaks(podSecurityRunAsNonRoot, breaks);

describe("the rule pod-security-run-as-non-root, further", () => {
    const rule = podSecurityRunAsNonRoot;
    const ofPod = ["securityContext", "runAsNonRoot"];
    const ofApp = ["containers", 0, "securityContext", "runAsNonRoot"];
    const ofInit = ["initContainers", 0, "securityContext", "runAsNonRoot"];

    it("passes a pod whose containers all say it themselves", () => {
        assert.deepEqual(violationsWith(rule, [ofPod, undefined], [ofApp, true], [ofInit, true]), []);
    });

    it("names the containers in which it is missing", () => {
        assert.deepEqual(violationsWith(rule, [ofPod, undefined], [ofApp, true]), [
            "spec.securityContext.runAsNonRoot: must be true, here or in each container, but is missing in initContainers[init]",
        ]);
    });

    it("finds false in the pod although every container says true, and names the pod alone", () => {
        assert.deepEqual(violationsWith(rule, [ofPod, false], [ofApp, true]), [
            "spec.securityContext.runAsNonRoot: must be true",
        ]);
    });

    it("finds false in a container although the pod says true, and names the container alone", () => {
        assert.deepEqual(violationsWith(rule, [ofApp, false]), [
            "spec.containers[app].securityContext.runAsNonRoot: must be true",
        ]);
    });

    it("judges each container by what is known", () => {
        assert.deepEqual(judgedWith(rule, [ofPod, unknown], [ofApp, true], [ofInit, false]), {
            violations: ["spec.initContainers[init].securityContext.runAsNonRoot: must be true"],
            unjudged: ["spec.securityContext.runAsNonRoot"],
        });
    });

    it("holds for Windows too", () => {
        assert.deepEqual(judged(rule, windowsPod()).violations, []);
        assert.equal(judged(rule, windowsPod([ofPod, undefined])).violations.length, 1);
    });
});
