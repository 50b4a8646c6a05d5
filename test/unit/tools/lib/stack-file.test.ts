import assert from "node:assert/strict";
import { PlainError } from "../../../../tools/lib/plain-error";
import { parse } from "../../../../tools/lib/stack-file";

describe("a stack's file", () => {
    it("is refused in one sentence when it cannot be read, and names the place", () => {
        const twice = "config:\n    aws:region: eu-central-1\n    aws:region: eu-west-1\n";
        const words = "Pulumi.prod.yaml cannot be read: line 3, column 5: duplicated mapping key.";
        assert.throws(() => parse(twice, "Pulumi.prod.yaml"), new PlainError(words));
        for (const text of ["- a\n", "a\n", "config: 3\n", "config:\n    - aws:region\n"]) {
            assert.throws(() => parse(text, "Pulumi.prod.yaml"), /^Error: Pulumi\.prod\.yaml must be a mapping/, text);
        }
    });
});
