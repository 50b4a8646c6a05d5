import assert from "node:assert/strict";
import { rbacEscalation } from "../../../../policy/rules/rbac-escalation";
import { breaks } from "../../../support/policy/breaks/rbac-escalation";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { roleOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacEscalation, breaks);

describe("rbac-escalation", () => {
    const violations = (rule: Props, kind = "ClusterRole") => judged(rbacEscalation, roleOf([rule], kind)).violations;
    const bind = (...resourceNames: unknown[]) => ({
        apiGroups: ["rbac.authorization.k8s.io"],
        resources: ["clusterroles"],
        verbs: ["bind"],
        resourceNames,
    });

    it("allows to bind roles that are named, none that may do everything", () => {
        assert.deepEqual(violations(bind("app", "view")), []);
        for (const name of ["cluster-admin", "admin", "edit", ""])
            assert.equal(violations(bind("app", name)).length, 1);
    });

    it("waits for a name that is not known, unless another is wrong anyway", () => {
        const { unjudged } = judged(rbacEscalation, roleOf([bind("app", unknown)]));
        assert.deepEqual(unjudged, ["rules[0].resourceNames[1]"]);
        assert.equal(violations(bind(unknown, "cluster-admin")).length, 1);
    });

    it("allows to act as named users, none who may do everything", () => {
        const impersonate = { apiGroups: [""], resources: ["groups", "users"], verbs: ["impersonate"] };
        assert.deepEqual(violations({ ...impersonate, resourceNames: ["developers"] }), []);
        assert.equal(violations({ ...impersonate, resourceNames: ["system:masters"] }).length, 1);
    });

    it("takes acting as someone for what it is in the core group only", () => {
        const everything = { resources: ["*"], verbs: ["*"] };
        for (const group of ["metrics.k8s.io", "external.metrics.k8s.io", "dex.coreos.com", "example.com"])
            assert.deepEqual(violations({ ...everything, apiGroups: [group] }), [], group);
        const impersonate = { resources: ["users"], verbs: ["impersonate"] };
        assert.equal(violations({ ...impersonate, apiGroups: ["", "apps"] }).length, 1);
        assert.equal(violations({ ...impersonate, apiGroups: ["*"] }).length, 1);
        assert.deepEqual(violations({ ...impersonate, apiGroups: ["authentication.k8s.io"] }), []);
        const extras = { apiGroups: ["authentication.k8s.io"], verbs: ["impersonate"] };
        for (const resource of ["uids", "userextras/scopes", "*", "*/scopes"])
            assert.equal(violations({ ...extras, resources: [resource] }).length, 1, resource);
    });

    it("finds a rule that allows everything once", () => {
        const [violation, ...others] = violations({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] });
        assert.deepEqual(others, []);
        assert.match(
            violation!,
            /^rules\[0\]\.verbs\[0\]: allows to bind any role, .* and \d+ more rights of this kind; /,
        );
        const apart = violations({ ...bind(), resourceNames: undefined, verbs: ["bind", "escalate"] });
        assert.deepEqual(
            apart.map((one) => one.split(":")[0]),
            ["rules[0].verbs[0]", "rules[0].verbs[1]"],
        );
    });

    it("does not let names make escalate or a node's proxy harmless", () => {
        const resourceNames = ["app"];
        assert.equal(violations({ ...bind("app"), verbs: ["escalate"] }).length, 1);
        assert.equal(
            violations({ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"], resourceNames }).length,
            1,
        );
    });

    it("allows signers of another domain only", () => {
        const sign = { apiGroups: ["certificates.k8s.io"], resources: ["signers"], verbs: ["sign", "approve"] };
        assert.deepEqual(violations({ ...sign, resourceNames: ["issuers.example.com/*"] }), []);
        for (const name of ["kubernetes.io/*", "kubernetes.io/kube-apiserver-client"]) {
            assert.equal(violations({ ...sign, resourceNames: [name] }).length, 1, name);
        }
    });

    it("leaves alone what a Role cannot give", () => {
        assert.deepEqual(violations({ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }, "Role"), []);
        const impersonate = (group: string, ...resources: string[]) =>
            violations({ apiGroups: [group], resources, verbs: ["impersonate"] }, "Role");
        assert.deepEqual(impersonate("", "users", "groups"), []);
        assert.deepEqual(impersonate("authentication.k8s.io", "uids", "userextras/scopes"), []);
        assert.equal(impersonate("", "serviceaccounts").length, 1);
        const rule = { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] };
        assert.equal(violations(rule, "Role").length, 1);
    });

    it("leaves ordinary rights on roles and nodes alone", () => {
        assert.deepEqual(violations({ ...bind(), verbs: ["get", "create", "patch"], resourceNames: undefined }), []);
        assert.deepEqual(violations({ apiGroups: [""], resources: ["nodes", "nodes/metrics"], verbs: ["get"] }), []);
    });
});
