import assert from "node:assert/strict";
import { podSecurityVolumeTypes } from "../../../../policy/rules/pod-security-volume-types";
import { breaks } from "../../../support/policy/breaks/pod-security-volume-types";
import { testBreaks } from "../../../support/policy/rule-tests";
import { unknown } from "../../../support/policy/judge";
import { judgedWith, violationsWith } from "../../../support/policy/pod-with";

testBreaks(podSecurityVolumeTypes, breaks);

describe("the rule pod-security-volume-types, further", () => {
    const rule = podSecurityVolumeTypes;
    const of = (source: object) => violationsWith(rule, [["volumes", 1], { name: "more", ...source }]);

    it("passes the types that are allowed, and a volume of no type, which becomes an emptyDir", () => {
        for (const source of [
            { configMap: { name: "it" } },
            { csi: { driver: "csi.example.com" } },
            { downwardAPI: {} },
            { emptyDir: {} },
            { ephemeral: {} },
            { image: {} },
            { persistentVolumeClaim: { claimName: "it" } },
            { projected: { sources: [] } },
            { secret: { secretName: "it" } },
            { hostPath: null, emptyDir: {} },
            {},
        ])
            assert.deepEqual(of(source), []);
    });

    it("finds types that Kubernetes does not have yet", () => {
        assert.match(of({ nodeDisk: {} })[0]!, /^spec\.volumes\[more\]\.nodeDisk: /);
    });

    it("judges the volumes that are known", () => {
        const volumes = [unknown, { name: "host", hostPath: { path: "/" } }, { name: "config", configMap: unknown }];
        const { violations, unjudged } = judgedWith(rule, [["volumes"], volumes]);
        assert.match(violations.join(), /^spec\.volumes\[host\]\.hostPath: [^,]+;/);
        assert.deepEqual(unjudged, ["spec.volumes[0]"]);
    });
});
