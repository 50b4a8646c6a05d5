import assert from "node:assert/strict";
import { secretPlainSecret } from "../../../../policy/rules/secret-plain-secret";
import { breaks } from "../../../support/policy/breaks/secret-plain-secret";
import { judged, secret, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretPlainSecret, breaks);

describe("the rule secret-plain-secret, in particular", () => {
    const object = (props: Record<string, unknown>, type = "kubernetes:core/v1:Secret") =>
        judged(secretPlainSecret, { type, props }).violations;

    it("passes what is marked and not known yet", () => {
        const props = { data: secret(unknown), stringData: { token: secret(unknown) } };
        const given = { type: "kubernetes:core/v1:Secret", props };
        assert.deepEqual(judged(secretPlainSecret, given), { violations: [], unjudged: [] });
    });

    it("passes data that is marked as a whole", () => {
        assert.deepEqual(object({ data: secret({ password: "aHVudGVyMg==" }) }), []);
    });

    it("passes certificates, user names and what is empty", () => {
        assert.deepEqual(object({ data: { "ca.crt": "LS0t", username: "YXBw", password: "" } }), []);
    });

    it("finds plain data in a list of Secrets", () => {
        const items = [{ data: { password: "aHVudGVyMg==" } }];
        assert.equal(object({ items }, "kubernetes:core/v1:SecretList").length, 1);
    });

    it("does not speak of what a release renders, which is not in the state", () => {
        const manifest = { a: { apiVersion: "v1", kind: "Secret", stringData: { password: "hunter2" } } };
        assert.deepEqual(object({ manifest }, "kubernetes:helm.sh/v3:Release"), []);
    });
});
