import assert from "node:assert/strict";
import { rbacSecretsRead } from "../../../../policy/rules/rbac-secrets-read";
import { breaks } from "../../../support/policy/breaks/rbac-secrets-read";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { roleOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacSecretsRead, breaks);

describe("rbac-secrets-read", () => {
    const rule = { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] };
    const violations = (more: Props) => judged(rbacSecretsRead, roleOf([{ ...rule, ...more }], "Role")).violations;

    it("allows to read secrets that are named, also those whose names are not known yet", () => {
        assert.deepEqual(violations({ resourceNames: ["app"] }), []);
        assert.deepEqual(judged(rbacSecretsRead, roleOf([{ ...rule, resourceNames: [unknown] }])), {
            violations: [],
            unjudged: [],
        });
    });

    it("is not fooled by a list of no names, or by the empty name, which is that of a request for all", () => {
        for (const resourceNames of [[], [""], ["app", ""], null])
            assert.equal(violations({ resourceNames }).length, 1);
    });

    it("waits for the names when it is not known whether there are any", () => {
        const result = judged(rbacSecretsRead, roleOf([{ ...rule, resourceNames: unknown }]));
        assert.deepEqual(result, { violations: [], unjudged: ["rules[0].resourceNames"] });
    });

    it("allows to make secrets, and other groups' secrets", () => {
        assert.deepEqual(violations({ verbs: ["create", "update", "delete"] }), []);
        assert.deepEqual(violations({ apiGroups: ["example.com"], verbs: ["*"] }), []);
    });

    it("judges the roles that are gathered into others", () => {
        const role = roleOf([rule]);
        role.props.metadata = { name: "app", labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } };
        assert.equal(judged(rbacSecretsRead, role).violations.length, 1);
    });
});
