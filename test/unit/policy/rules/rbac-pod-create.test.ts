import assert from "node:assert/strict";
import { rbacPodCreate } from "../../../../policy/rules/rbac-pod-create";
import { breaks } from "../../../support/policy/breaks/rbac-pod-create";
import { judged, type Props } from "../../../support/policy/judge";
import { roleOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacPodCreate, breaks);

describe("rbac-pod-create", () => {
    const violations = (...rules: Props[]) => judged(rbacPodCreate, roleOf(rules)).violations;

    it("allows to restart a workload that is named, and to look at all", () => {
        const restart = { apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"], resourceNames: ["app"] };
        assert.deepEqual(violations(restart), []);
        assert.deepEqual(
            violations({ apiGroups: ["", "apps"], resources: ["*"], verbs: ["get", "list", "watch"] }),
            [],
        );
    });

    it("says once what a wildcard allows in a group", () => {
        assert.equal(violations({ apiGroups: ["apps"], resources: ["*"], verbs: ["*"] }).length, 1);
    });
});
