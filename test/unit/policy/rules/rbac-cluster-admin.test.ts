import assert from "node:assert/strict";
import { rbacClusterAdmin } from "../../../../policy/rules/rbac-cluster-admin";
import { breaks } from "../../../support/policy/breaks/rbac-cluster-admin";
import { judged, type Props } from "../../../support/policy/judge";
import { bindingOf, goodSubject } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacClusterAdmin, breaks);

describe("rbac-cluster-admin", () => {
    const violations = (roleRef: Props, kind: string) =>
        judged(rbacClusterAdmin, bindingOf([goodSubject()], roleRef, kind)).violations;

    it("leaves a team's admin in its namespace alone", () => {
        assert.deepEqual(violations({ kind: "ClusterRole", name: "admin" }, "RoleBinding"), []);
        assert.deepEqual(violations({ kind: "ClusterRole", name: "view" }, "ClusterRoleBinding"), []);
    });

    it("leaves a role of a namespace alone that is only called so", () => {
        assert.deepEqual(violations({ kind: "Role", name: "cluster-admin" }, "RoleBinding"), []);
    });

    it("judges the bindings of a list", () => {
        const { type, props } = bindingOf([], { kind: "ClusterRole", name: "cluster-admin" });
        const list = { type: `${type}List`, props: { items: [props] } };
        assert.match(judged(rbacClusterAdmin, list).violations.join(), /^items\[0\]\.roleRef\.name: is cluster-admin/);
    });
});
