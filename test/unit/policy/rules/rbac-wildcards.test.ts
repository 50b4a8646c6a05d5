import assert from "node:assert/strict";
import { rbacWildcards } from "../../../../policy/rules/rbac-wildcards";
import { breaks } from "../../../support/policy/breaks/rbac-wildcards";
import { judged, unknown } from "../../../support/policy/judge";
import { roleOf } from "../../../support/policy/roles";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacWildcards, breaks);

describe("rbac-wildcards", () => {
    it("leaves URLs below a path alone", () => {
        const rule = { nonResourceURLs: ["/metrics/*", "/healthz"], verbs: ["get"] };
        assert.deepEqual(judged(rbacWildcards, roleOf([rule])).violations, []);
    });

    it("takes a selector by labels or by expressions, and no empty one", () => {
        const selecting = (selector: unknown) => {
            const role = roleOf([]);
            role.props.aggregationRule = { clusterRoleSelectors: [selector] };
            return judged(rbacWildcards, role).violations;
        };
        assert.deepEqual(selecting({ matchExpressions: [{ key: "of", operator: "Exists" }] }), []);
        assert.equal(selecting({}).length, 1);
        assert.equal(selecting({ matchLabels: null }).length, 1);
    });

    it("judges the roles of a list, and what is known beside what is not", () => {
        const role = roleOf([{ apiGroups: [unknown], resources: ["*"], verbs: ["get"] }]);
        const list = { type: `${role.type}List`, props: { items: [role.props] } };
        const { violations, unjudged } = judged(rbacWildcards, list);
        assert.match(violations.join(), /^items\[0\]\.rules\[0\]\.resources\[0\]: /);
        assert.deepEqual(unjudged, ["items[0].rules[0].apiGroups[0]"]);
    });
});
