import assert from "node:assert/strict";
import fc from "fast-check";
import { makePassword, type PasswordOptions, passwordProblem } from "../../../providers/random/password";

const all: PasswordOptions = {
    length: 64,
    lower: true,
    upper: true,
    numeric: true,
    special: true,
    minLower: 0,
    minUpper: 0,
    minNumeric: 0,
    minSpecial: 0,
    overrideSpecial: "",
};

function count(text: string, pattern: RegExp): number {
    return [...text].filter((character) => pattern.test(character)).length;
}

describe("sandbox/providers/random/password", () => {
    it("keeps length and minimums for any options", () => {
        const few = fc.nat({ max: 5 });
        fc.assert(
            fc.property(few, few, few, few, fc.nat({ max: 20 }), (minLower, minUpper, minNumeric, minSpecial, more) => {
                const length = minLower + minUpper + minNumeric + minSpecial + more + 1;
                const made = makePassword({ ...all, length, minLower, minUpper, minNumeric, minSpecial });
                assert.equal(made.length, length);
                assert.ok(count(made, /[a-z]/) >= minLower);
                assert.ok(count(made, /[A-Z]/) >= minUpper);
                assert.ok(count(made, /[0-9]/) >= minNumeric);
                assert.ok(count(made, /[^A-Za-z0-9]/) >= minSpecial);
            }),
        );
    });

    it("uses only the classes that are on, and one's own special characters", () => {
        const made = makePassword({ ...all, length: 500, lower: false, numeric: false, overrideSpecial: "_~" });
        assert.match(made, /^[A-Z_~]+$/);
    });

    it("never makes the same twice", () => {
        assert.notEqual(makePassword(all), makePassword(all));
    });

    it("says what is wrong", () => {
        assert.match(passwordProblem({ ...all, length: 3, minUpper: 4 }) ?? "", /below the sum of the minimums, 4/);
        assert.match(passwordProblem({ ...all, length: 0 }) ?? "", /length/);
        const none = { ...all, lower: false, upper: false, numeric: false, special: false };
        assert.match(passwordProblem(none) ?? "", /must be true/);
    });
});
