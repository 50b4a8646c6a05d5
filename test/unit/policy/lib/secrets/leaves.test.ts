import assert from "node:assert/strict";
import { Field } from "../../../../../policy/lib/field";
import { fieldAt, leavesOf, leavesOfField } from "../../../../../policy/lib/secrets/leaves";
import { secret, unknown } from "../../../../support/policy/judge";

describe("leavesOf", () => {
    it("gives each value with its path, its marks and whether it is known", () => {
        const leaves = leavesOf({ a: 1, b: secret({ c: ["x", secret("y")] }), d: unknown, e: null, f: {} });
        assert.deepEqual(
            leaves.map(({ path, value, marked, own, unknown: isUnknown }) => [
                path.join("."),
                value,
                marked,
                own,
                isUnknown,
            ]),
            [
                ["a", 1, false, false, false],
                ["b.c.0", "x", true, false, false],
                ["b.c.1", "y", true, true, false],
                ["d", undefined, false, false, true],
            ],
        );
    });

    it("names a value by the name beside it, or by the key above", () => {
        const keys = (value: unknown) => leavesOf(value).map(({ key }) => key);
        assert.deepEqual(keys([{ name: "PASSWORD", value: "x" }]), ["name", "PASSWORD"]);
        assert.deepEqual(keys({ password: { value: "x" } }), ["password"]);
        assert.deepEqual(keys({ passwords: ["x"] }), ["passwords"]);
        assert.deepEqual(keys({ value: "x" }), ["value"]);
    });

    it("finds the field of a leaf again", () => {
        const root = new Field({ a: [{ name: "n", "b.c": secret("x") }] });
        const [, leaf] = leavesOfField(root);
        assert.equal(fieldAt(root, leaf!.path).path, 'a[n]["b.c"]');
        assert.equal(fieldAt(root, leaf!.path).value, "x");
    });

    it("marks all that is in a marked field", () => {
        const field = new Field({ data: secret({ a: "x" }) }).at("data");
        assert.deepEqual(
            leavesOfField(field).map(({ marked, own }) => [marked, own]),
            [[true, false]],
        );
    });
});
