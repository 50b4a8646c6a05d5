import assert from "node:assert/strict";
import { podSecuritySeccomp } from "../../../../policy/rules/pod-security-seccomp";
import { breaks } from "../../../support/policy/breaks/pod-security-seccomp";
import { testBreaks } from "../../../support/policy/rule-tests";
import { put } from "../../../support/policy/break";
import { type Given, judged, type Props, resourceOf, unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { podWith, specOf, violationsWith, windowsPod } from "../../../support/policy/pod-with";

testBreaks(podSecuritySeccomp, breaks);

describe("the rule pod-security-seccomp, further", () => {
    const rule = podSecuritySeccomp;
    const ofPod = ["securityContext", "seccompProfile"];
    const ofApp = ["containers", 0, "securityContext", "seccompProfile"];
    const ofInit = ["initContainers", 0, "securityContext", "seccompProfile"];
    const localhost = { type: "Localhost", localhostProfile: "app.json" };

    it("passes the runtime's profile and the node's own", () => {
        for (const profile of [{ type: "RuntimeDefault" }, localhost])
            assert.deepEqual(violationsWith(rule, [ofPod, profile], [ofApp, localhost], [ofInit, null]), []);
    });

    it("takes no other spelling", () => {
        for (const type of ["runtimedefault", "runtime/default", ""])
            assert.equal(violationsWith(rule, [ofPod, { type }]).length, 1);
    });

    it("passes a pod whose containers all have a profile, and else names those without", () => {
        assert.deepEqual(violationsWith(rule, [ofPod, undefined], [ofApp, localhost], [ofInit, localhost]), []);
        assert.deepEqual(violationsWith(rule, [ofPod, undefined], [ofInit, localhost]), [
            "spec.securityContext.seccompProfile.type: must be RuntimeDefault or Localhost, here or in each container, but is missing in containers[app]",
        ]);
    });

    it("does not take the old annotations, which have no effect any more", () => {
        const given = put(
            podWith([ofPod, undefined]),
            ["metadata", "annotations", "seccomp.security.alpha.kubernetes.io/pod"],
            "runtime/default",
        );
        assert.equal(judged(rule, given).violations.length, 1);
    });

    it("passes a patch of the profile's file only", () => {
        const patch = { ...podWith([ofPod, { localhostProfile: "app.json" }]), type: "kubernetes:core/v1:PodPatch" };
        assert.deepEqual(judged(rule, patch).violations, []);
    });

    it("passes a pod that says it is for Windows", () => {
        assert.deepEqual(judged(rule, windowsPod()).violations, []);
        assert.equal(judged(rule, windowsPod([["os", "name"], "linux"])).violations.length, 1);
        // The API server itself refuses a profile there.
        assert.deepEqual(judged(rule, windowsPod([ofPod, { type: "Unconfined" }])).violations, []);
    });

    describe("its remediation", () => {
        const remedied = (given: Given) => rule.remediate!(resourceOf(given));

        it("fills in what is missing, and then the rule is kept", () => {
            for (const at of [ofPod, ["securityContext"]]) {
                const given = podWith([at, undefined]);
                assert.equal(remedied(given), true);
                assert.deepEqual((specOf(given).securityContext as Props).seccompProfile, { type: "RuntimeDefault" });
                assert.deepEqual(judged(rule, given).violations, []);
            }
        });

        it("leaves what is there, so that a wrong value stays a violation", () => {
            for (const profile of [{ type: "Unconfined" }, {}, localhost]) {
                const given = podWith([ofPod, profile]);
                assert.equal(remedied(given), false);
                assert.deepEqual(given, podWith([ofPod, profile]));
            }
            const wrongInOne = podWith([ofPod, undefined], [ofApp, { type: "Unconfined" }]);
            assert.equal(remedied(wrongInOne), true);
            assert.deepEqual(judged(rule, wrongInOne).violations, [
                "spec.containers[app].securityContext.seccompProfile.type: must be RuntimeDefault or Localhost",
            ]);
        });

        it("leaves pods whose containers all have a profile", () => {
            assert.equal(remedied(podWith([ofPod, undefined], [ofApp, localhost], [ofInit, localhost])), false);
        });

        it("leaves Windows pods, patches, custom resources and what is not known", () => {
            const without = (kind: string) =>
                put(podResource(kind), ["spec", "template", "spec", "securityContext"], undefined);
            const patch = without("Deployment");
            for (const given of [
                windowsPod(),
                podWith([["nodeSelector"], { "kubernetes.io/os": "windows" }], [ofPod, undefined]),
                podWith([ofPod, unknown]),
                { ...patch, type: `${patch.type}Patch` },
                without("Argo Rollout"),
            ])
                assert.equal(remedied(given), false);
            assert.equal(remedied(without("Deployment")), true);
        });
    });
});
