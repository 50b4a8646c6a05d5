import assert from "node:assert/strict";
import { atLeast } from "../../../sandbox/preflight";

describe("preflight", () => {
    it("compares versions part by part", () => {
        assert.ok(atLeast("1.26.8", "1.26"));
        assert.ok(atLeast("20.19.0", "20.19"));
        assert.ok(atLeast("22.1", "20.19"));
        assert.ok(!atLeast("1.9", "1.26"));
        assert.ok(!atLeast("20.9.0", "20.19"));
        assert.ok(!atLeast("19.99", "20.19"));
    });
});
