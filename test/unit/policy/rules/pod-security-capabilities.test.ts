import assert from "node:assert/strict";
import { podSecurityCapabilities } from "../../../../policy/rules/pod-security-capabilities";
import { breaks } from "../../../support/policy/breaks/pod-security-capabilities";
import { testBreaks } from "../../../support/policy/rule-tests";
import { judged, secret, unknown } from "../../../support/policy/judge";
import { judgedWith, violationsWith, windowsPod } from "../../../support/policy/pod-with";

testBreaks(podSecurityCapabilities, breaks);

describe("the rule pod-security-capabilities, further", () => {
    const rule = podSecurityCapabilities;
    const at = ["containers", 0, "securityContext", "capabilities"];
    const path = "spec.containers[app].securityContext.capabilities";
    const of = (capabilities: unknown) => violationsWith(rule, [at, capabilities]);

    it("passes ALL among what is dropped, and NET_BIND_SERVICE added", () => {
        for (const add of [undefined, null, [], ["NET_BIND_SERVICE"]])
            for (const drop of [["ALL"], ["NET_RAW", "ALL"]]) assert.deepEqual(of({ drop, add }), []);
    });

    it("takes no other spelling, as the API server takes none", () => {
        for (const drop of [undefined, null, [], ["all"], ["CAP_ALL"], "ALL", ["CHOWN", "KILL"]])
            assert.deepEqual(of({ drop }), [`${path}.drop: must include "ALL"`]);
        for (const name of ["net_bind_service", "CAP_NET_BIND_SERVICE", "CHOWN", "ALL"])
            assert.deepEqual(of({ drop: ["ALL"], add: ["NET_BIND_SERVICE", name] }), [
                `${path}.add[1]: adds ${name}; only NET_BIND_SERVICE may be added`,
            ]);
    });

    it("finds both in one container", () => {
        assert.equal(of({ add: ["KILL", "CHOWN"] }).length, 3);
    });

    it("judges the names that are known", () => {
        assert.deepEqual(judgedWith(rule, [at, { drop: [unknown, "ALL"], add: [unknown, "KILL"] }]), {
            violations: [`${path}.add[1]: adds KILL; only NET_BIND_SERVICE may be added`],
            unjudged: [`${path}.add[0]`],
        });
        assert.deepEqual(judgedWith(rule, [at, { drop: ["KILL", unknown] }]), {
            violations: [],
            unjudged: [`${path}.drop[1]`],
        });
    });

    it("prints no secret", () => {
        assert.doesNotMatch(of({ drop: ["ALL"], add: secret(["hunter2"]) }).join(), /hunter2/);
    });

    it("passes a pod that says it is for Windows", () => {
        assert.deepEqual(judged(rule, windowsPod()).violations, []);
        assert.equal(judged(rule, windowsPod([["os", "name"], "linux"])).violations.length, 1);
    });
});
