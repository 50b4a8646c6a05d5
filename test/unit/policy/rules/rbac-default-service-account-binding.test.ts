import assert from "node:assert/strict";
import { rbacDefaultServiceAccountBinding } from "../../../../policy/rules/rbac-default-service-account-binding";
import { breaks } from "../../../support/policy/breaks/rbac-default-service-account-binding";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { bindingOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacDefaultServiceAccountBinding, breaks);

describe("rbac-default-service-account-binding", () => {
    const violations = (...subjects: Props[]) =>
        judged(rbacDefaultServiceAccountBinding, bindingOf(subjects)).violations;

    it("judges each subject by itself", () => {
        const given = bindingOf([
            { kind: "ServiceAccount", name: unknown },
            { kind: "ServiceAccount", name: "default" },
        ]);
        const result = judged(rbacDefaultServiceAccountBinding, given);
        assert.equal(result.violations.length, 1);
        assert.deepEqual(result.unjudged, ["subjects[0].name"]);
    });

    it("leaves users and groups alone that are only called so", () => {
        assert.deepEqual(violations({ kind: "User", name: "default" }, { kind: "Group", name: "default" }), []);
        assert.deepEqual(violations({ kind: "User", name: "system:serviceaccount:default:app" }), []);
    });
});
