import assert from "node:assert/strict";
import { secretRandomFlow } from "../../../../policy/rules/secret-random-flow";
import { type Given, judged, secret, unknown, urnOf } from "../../../support/policy/judge";

const weak: Given = { type: "random:index/randomString:RandomString", name: "weak", props: { result: "k3jd92ks" } };
const strong: Given = {
    type: "random:index/randomPassword:RandomPassword",
    name: "strong",
    props: { result: secret("aaaabbbbccccdddd") },
};
const object = (data: unknown, ...from: Given[]): Given => ({
    type: "kubernetes:core/v1:Secret",
    name: "secret",
    props: { data },
    dependencies: { stringData: from.map(urnOf) },
});
const base64 = (text: string) => Buffer.from(text).toString("base64");
const wrong = ["weak: makes a part of a Secret, but its result is kept in plain; use RandomPassword or RandomBytes"];

describe("the rule secret-random-flow", () => {
    it("finds a weak result in a Secret", () => {
        assert.deepEqual(
            judged(secretRandomFlow, [
                weak,
                object({ password: secret(base64("k3jd92ks")), token: base64("k3jd92ks") }),
            ]).violations,
            wrong,
        );
        assert.deepEqual(
            judged(secretRandomFlow, [weak, object(secret({ token: base64("x-k3jd92ks") }))]).violations,
            wrong,
        );
    });

    it("passes a weak result under a key that is no secret's", () => {
        const secretObject = object({ username: base64("k3jd92ks"), password: base64("aaaabbbbccccdddd") });
        assert.deepEqual(judged(secretRandomFlow, [weak, strong, secretObject]).violations, []);
    });

    it("judges an unknown value by what it comes from", () => {
        const fresh = { ...weak, props: { result: unknown } };
        assert.deepEqual(judged(secretRandomFlow, [fresh, object({ password: unknown }, fresh)]).violations, wrong);
        assert.deepEqual(judged(secretRandomFlow, [fresh, strong, object({ password: unknown }, fresh, strong)]), {
            violations: [],
            unjudged: ["data.password"],
        });
        assert.deepEqual(judged(secretRandomFlow, [fresh, strong, object({ password: unknown }, strong)]), {
            violations: [],
            unjudged: [],
        });
    });
});
