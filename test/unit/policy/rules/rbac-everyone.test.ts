import assert from "node:assert/strict";
import { rbacEveryone } from "../../../../policy/rules/rbac-everyone";
import { breaks } from "../../../support/policy/breaks/rbac-everyone";
import { judged, type Props } from "../../../support/policy/judge";
import { bindingOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacEveryone, breaks);

describe("rbac-everyone", () => {
    const violations = (name: string, roleRef: Props) =>
        judged(rbacEveryone, bindingOf([{ kind: "Group", name }], roleRef, "ClusterRoleBinding")).violations;

    it("leaves alone what Kubernetes itself gives to everyone", () => {
        const discovery = { kind: "ClusterRole", name: "system:discovery" };
        assert.deepEqual(violations("system:authenticated", discovery), []);
        assert.equal(violations("system:unauthenticated", discovery).length, 1);
        const info = { kind: "ClusterRole", name: "system:public-info-viewer" };
        assert.deepEqual(violations("system:unauthenticated", info), []);
    });

    it("is not fooled by a role of a namespace that is called so", () => {
        assert.equal(violations("system:authenticated", { kind: "Role", name: "system:discovery" }).length, 1);
    });
});
