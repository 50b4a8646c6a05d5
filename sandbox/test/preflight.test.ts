import assert from "node:assert/strict";
import { atLeast, problems } from "../preflight";

describe("preflight", () => {
    const { PATH } = process.env;
    afterEach(() => {
        process.env.PATH = PATH;
    });

    it("tells all that a machine lacks at once, each with what to do", () => {
        process.env.PATH = "/nowhere";
        const found = problems().join("\n");
        assert.match(found, /Go is missing: install Go/);
        assert.match(found, /apt-get is missing/);
    });

    it("compares versions part by part", () => {
        assert.ok(atLeast("1.26.8", "1.26"));
        assert.ok(atLeast("20.19.0", "20.19"));
        assert.ok(atLeast("22.1", "20.19"));
        assert.ok(!atLeast("1.9", "1.26"));
        assert.ok(!atLeast("20.9.0", "20.19"));
        assert.ok(!atLeast("19.99", "20.19"));
    });
});
