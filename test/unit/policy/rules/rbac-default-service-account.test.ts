import assert from "node:assert/strict";
import { rbacDefaultServiceAccount } from "../../../../policy/rules/rbac-default-service-account";
import { breaks } from "../../../support/policy/breaks/rbac-default-service-account";
import { judged, type Props } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacDefaultServiceAccount, breaks);

describe("rbac-default-service-account", () => {
    const of = (accounts: Props, kind = "Pod") => {
        const pod = podResource(kind);
        Object.assign(pod.props.spec as Props, { serviceAccountName: undefined }, accounts);
        return judged(rbacDefaultServiceAccount, pod).violations;
    };

    it("takes an empty name for none", () => {
        assert.equal(of({ serviceAccountName: "" }).length, 1);
    });

    it("knows the old name of the field, which holds where the new one is empty", () => {
        assert.deepEqual(of({ serviceAccount: "app" }), []);
        assert.deepEqual(of({ serviceAccountName: "", serviceAccount: "app" }), []);
        assert.match(of({ serviceAccount: "default" }).join(), /^spec\.serviceAccount: /);
        assert.deepEqual(of({ serviceAccountName: "app", serviceAccount: "default" }), []);
    });
});
