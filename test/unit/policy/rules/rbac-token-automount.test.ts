import assert from "node:assert/strict";
import { rbacTokenAutomount } from "../../../../policy/rules/rbac-token-automount";
import { breaks } from "../../../support/policy/breaks/rbac-token-automount";
import { put } from "../../../support/policy/break";
import { type Given, judged, resourceOf } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(rbacTokenAutomount, breaks);

describe("rbac-token-automount", () => {
    const remedied = (given: Given) => {
        const changed = rbacTokenAutomount.remediate!(resourceOf(given));
        return { changed, props: given.props, violations: judged(rbacTokenAutomount, given).violations };
    };
    const setting = ["spec", "template", "spec", "automountServiceAccountToken"];

    it("is remedied where nothing is said, once", () => {
        const given = put(podResource(), setting, undefined);
        assert.deepEqual(remedied(given), { changed: true, props: podResource().props, violations: [] });
        assert.equal(remedied(given).changed, false);
        const account = { type: "kubernetes:core/v1:ServiceAccount", props: { metadata: { name: "app" } } };
        assert.deepEqual(remedied(account).violations, []);
    });

    it("is not remedied where someone says that the token is needed", () => {
        const { changed, violations } = remedied(put(podResource(), setting, true));
        assert.equal(changed, false);
        assert.equal(violations.length, 1);
    });

    it("is remedied neither in a patch nor in a custom resource", () => {
        const bare = put(podResource(), setting, undefined);
        assert.equal(remedied({ ...bare, type: `${bare.type}Patch` }).changed, false);
        const custom = podResource("custom resource");
        assert.equal(remedied(put(custom, ["spec", "pool", ...setting.slice(1)], undefined)).changed, false);
    });

    it("judges each item of a list", () => {
        const list = { type: "kubernetes:core/v1:ServiceAccountList", props: { items: [{ metadata: {} }] } };
        assert.deepEqual(judged(rbacTokenAutomount, list).violations, [
            "items[0].automountServiceAccountToken: is missing; it must be false",
        ]);
    });
});
