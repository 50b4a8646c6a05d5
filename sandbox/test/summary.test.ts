import assert from "node:assert/strict";
import { describe as summarize } from "../summary";

describe("the summary of make up", () => {
    const outputs = { url: { value: "http://10.0.0.1", secret: false }, key: { value: "hush", secret: true } };

    it("shows outputs and commands, and names a secret without showing it", () => {
        const text = summarize(outputs, { create: 3, same: 2 });
        assert.match(text, /Done: 3 create\./);
        assert.match(text, /curl http:\/\/10\.0\.0\.1\/health\/ready/);
        assert.match(text, /key +\[secret\]/);
        assert.doesNotMatch(text, /hush/);
    });

    it("says when nothing changed", () => {
        assert.match(summarize(outputs, { same: 52 }), /Nothing changed/);
    });
});
