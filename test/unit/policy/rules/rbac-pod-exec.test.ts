import assert from "node:assert/strict";
import { rbacPodExec } from "../../../../policy/rules/rbac-pod-exec";
import { breaks } from "../../../support/policy/breaks/rbac-pod-exec";
import { judged, type Props } from "../../../support/policy/judge";
import { roleOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacPodExec, breaks);

describe("rbac-pod-exec", () => {
    const violations = (more: Props) =>
        judged(rbacPodExec, roleOf([{ apiGroups: [""], verbs: ["create"], ...more }])).violations;

    it("knows a subresource of every resource", () => {
        assert.equal(violations({ resources: ["*/exec"] }).length, 1);
        assert.equal(violations({ resources: ["*"] }).length, 1);
    });

    it("leaves alone what does not get in", () => {
        assert.deepEqual(violations({ resources: ["pods", "pods/log", "pods/eviction", "pods/*"] }), []);
        assert.deepEqual(violations({ resources: ["pods/exec"], resourceNames: ["db-1"] }), []);
    });
});
