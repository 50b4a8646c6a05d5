import assert from "node:assert/strict";
import { generations, ofGeneration } from "../../../../components/lib/generation";

describe("generations", () => {
    it("of a new stack have no former one", () => {
        assert.deepEqual(generations(1), { current: 1 });
    });

    it("have the one before the current as former one", () => {
        assert.deepEqual(generations(3), { current: 3, former: 2 });
    });

    it("leave names of before as they were, and tell the others apart", () => {
        assert.deepEqual([ofGeneration("user", 1), ofGeneration("user", 2)], ["user", "user-2"]);
    });
});
