import assert from "node:assert/strict";
import { podSecurityPrivilegeEscalation } from "../../../../policy/rules/pod-security-privilege-escalation";
import { breaks } from "../../../support/policy/breaks/pod-security-privilege-escalation";
import { put } from "../../../support/policy/break";
import { testBreaks } from "../../../support/policy/rule-tests";
import { resourceOf, judged, unknown, type Given } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { podWith, specOf, violationsWith, windowsPod } from "../../../support/policy/pod-with";

testBreaks(podSecurityPrivilegeEscalation, breaks);

describe("the rule pod-security-privilege-escalation, further", () => {
    const rule = podSecurityPrivilegeEscalation;
    const at = ["containers", 0, "securityContext", "allowPrivilegeEscalation"];

    it("passes false only", () => {
        assert.deepEqual(violationsWith(rule, [at, false]), []);
        for (const value of [true, null, "false", 0]) assert.equal(violationsWith(rule, [at, value]).length, 1);
    });

    it("finds a container without a security context", () => {
        const place = ["containers", 0, "securityContext"];
        assert.deepEqual(violationsWith(rule, [place, undefined]), [
            "spec.containers[app].securityContext.allowPrivilegeEscalation: must be false",
        ]);
    });

    it("passes a pod that says it is for Windows, and no other", () => {
        assert.deepEqual(judged(rule, windowsPod()).violations, []);
        for (const name of ["linux", "Windows", undefined])
            assert.equal(judged(rule, windowsPod([["os", "name"], name])).violations.length, 1);
    });

    it("cannot judge where it is not known whether the pod is for Windows", () => {
        const { violations, unjudged } = judged(rule, podWith([["os", "name"], unknown], [at, true]));
        assert.deepEqual({ violations, unjudged }, { violations: [], unjudged: ["spec.os.name"] });
    });

    describe("its remediation", () => {
        const remedied = (given: Given) => rule.remediate!(resourceOf(given));
        const contextOf = (given: Given) => specOf(given).containers[0]!.securityContext;

        it("fills in what is missing, and then the rule is kept", () => {
            const given = podWith(
                [["containers", 0, "securityContext"], undefined],
                [["initContainers", 0, "securityContext"], {}],
            );
            assert.equal(remedied(given), true);
            assert.deepEqual(contextOf(given), { allowPrivilegeEscalation: false });
            assert.deepEqual(judged(rule, given).violations, []);
        });

        it("fills in what is known to be missing where other values are not known", () => {
            const given = podWith([["initContainers", 0, "securityContext"], unknown], [at, undefined]);
            assert.equal(remedied(given), true);
            assert.deepEqual(judged(rule, given).violations, []);
        });

        it("leaves what is there, so that a wrong value stays a violation", () => {
            for (const value of [true, false]) {
                const given = podWith([at, value]);
                assert.equal(remedied(given), false);
                assert.deepEqual(given, podWith([at, value]));
            }
        });

        it("leaves containers that can gain privileges anyway", () => {
            for (const context of [{ privileged: true }, { capabilities: { add: ["CAP_SYS_ADMIN"] } }]) {
                const given = podWith([["containers", 0, "securityContext"], context]);
                assert.equal(remedied(given), false);
            }
        });

        it("leaves Windows pods, patches and custom resources", () => {
            const missing = ["spec", "template", "spec", "containers", 0, "securityContext"];
            const without = (kind: string) => put(podResource(kind), missing, undefined);
            const patch = without("Deployment");
            for (const given of [
                windowsPod(),
                podWith([["nodeSelector"], { "kubernetes.io/os": "windows" }], [at, undefined]),
                { ...patch, type: `${patch.type}Patch` },
                without("Argo Rollout"),
            ])
                assert.equal(remedied(given), false);
            assert.equal(remedied(without("Deployment")), true);
        });
    });
});
