import assert from "node:assert/strict";
import * as values from "../../../providers/lib/values";

const signature = "4dabf18193072939515e22adb298388d";
const output = (member: object): object => ({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...member });

describe("sandbox/providers/lib/values", () => {
    it("opens secrets and outputs, and keeps unknowns unknown", () => {
        const value = { a: values.secret({ b: [1] }), c: output({ value: "x", secret: true }), d: output({}) };
        assert.deepEqual(values.plain(value), { a: { b: [1] }, c: "x", d: values.unknown });
    });

    it("knows every form of unknown", () => {
        assert.equal(values.hasUnknown({ a: ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"] }), true);
        assert.equal(values.hasUnknown({ a: ["x"] }), false);
    });

    it("marks those parts secret that came from secret parts", () => {
        const origin = { a: { b: values.secret("x"), c: "y" }, list: ["p", values.secret("q")] };
        const marked = values.markSecrets({ a: { b: "x", c: "y", d: 1 }, list: ["p", "q"], e: 2 }, origin);
        assert.deepEqual(marked, { a: { b: values.secret("x"), c: "y", d: 1 }, list: values.secret(["p", "q"]), e: 2 });
    });

    it("survives the wire", () => {
        const given = { a: values.secret("x"), b: [1, true, null], c: { d: undefined } };
        assert.deepEqual(values.fromStruct(values.toStruct(given)), {
            a: values.secret("x"),
            b: [1, true, null],
            c: {},
        });
    });
});
