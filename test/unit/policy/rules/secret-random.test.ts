import assert from "node:assert/strict";
import { secretRandom } from "../../../../policy/rules/secret-random";
import { breaks } from "../../../support/policy/breaks/secret-random";
import { judged } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretRandom, breaks);

const password = (props: Record<string, unknown>, config = {}) =>
    judged(secretRandom, { type: "random:index/randomPassword:RandomPassword", name: "x", props }, config).violations;
const named = (kind: string, name: string) =>
    judged(secretRandom, { type: `random:index/r:${kind}`, name, props: { length: 32 } }).violations;

describe("the rule secret-random, in particular", () => {
    it("passes sixteen letters and digits", () => {
        assert.deepEqual(password({ length: 16, special: false }), []);
        assert.deepEqual(password({ length: 16 }), []);
    });

    it("finds an alphabet that is too small for the length", () => {
        const digits = { lower: false, upper: false, special: false };
        assert.equal(password({ length: 28, ...digits }).length, 1);
        assert.deepEqual(password({ length: 29, ...digits }), []);
        assert.equal(password({ length: 16, numeric: false, special: false }).length, 1);
        assert.equal(password({ length: 16, number: false, special: false }).length, 1);
        const own = { length: 20, lower: false, numeric: false };
        assert.equal(password({ ...own, overrideSpecial: "__--" }, { minBits: 97 }).length, 1);
        assert.deepEqual(password({ ...own, overrideSpecial: "_-.:" }, { minBits: 97 }), []);
    });

    it("keeps to the configuration", () => {
        assert.equal(password({ length: 20 }, { minLength: 24 }).length, 1);
        assert.equal(password({ length: 16, special: false }, { minBits: 128 }).length, 1);
    });

    it("finds other random resources that are named as secrets", () => {
        for (const kind of ["RandomString", "RandomPet", "RandomId", "RandomUuid", "RandomInteger"])
            for (const name of ["db-password", "api-token", "jwt", "jwtSecret", "app-key", "session_secret"])
                assert.equal(named(kind, name).length, 1, `${kind} ${name}`);
    });

    it("passes them under other names, and those that keep a secret", () => {
        for (const name of ["bucket-suffix", "partition-key", "token-prefix", "secret-name", "pet"])
            assert.deepEqual(named("RandomString", name), [], name);
        assert.deepEqual(named("RandomBytes", "jwt-secret"), []);
        assert.deepEqual(named("RandomPassword", "jwt-secret"), []);
    });

    it("finds too few random bytes", () => {
        const bytes = { type: "random:index/randomBytes:RandomBytes", name: "jwt-secret", props: { length: 8 } };
        assert.equal(judged(secretRandom, bytes).violations.length, 1);
    });
});
