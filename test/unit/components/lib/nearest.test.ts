import assert from "node:assert/strict";
import fc from "fast-check";
import { nearest } from "../../../../components/lib/nearest";
import { keys } from "../../../../components/parts";

describe("nearest", () => {
    it("finds a key in spite of one wrong letter", () => {
        fc.assert(
            fc.property(fc.constantFrom(...keys), fc.nat(), (key, at) => {
                const index = at % key.length;
                const typo = key.slice(0, index) + "_" + key.slice(index + 1);
                assert.equal(nearest(typo, keys), key);
            }),
        );
    });

    it("finds a key in other capitals", () => {
        assert.equal(nearest("APPREPLICAS", keys), "appReplicas");
    });

    it("finds nothing that is not near", () => {
        assert.equal(nearest("colour", keys), undefined);
    });
});
