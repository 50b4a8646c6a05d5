import assert from "node:assert/strict";
import { fits } from "../../../../../policy/lib/aws/wildcard";
import { cost } from "../../../../support/cost";

describe("patterns with wildcards", () => {
    it("fit as IAM has them", () => {
        const fitting: [string, string][] = [
            ["", ""],
            ["*", ""],
            ["*", "anything"],
            ["s3:Get*", "s3:Get"],
            ["s3:*Object", "s3:GetObject"],
            ["s3:*Obj*ct", "s3:ObjGetObject"],
            ["a*b*c", "abbbcc-c"],
            ["?b**", "ab"],
            ["a.c", "a.c"],
        ];
        for (const [pattern, text] of fitting) assert.ok(fits(pattern, text), `${pattern} ${text}`);
        const others: [string, string][] = [
            ["", "a"],
            ["?", ""],
            ["s3:Get", "s3:GetObject"],
            ["s3:Get*", "s3:Put"],
            ["*b", "abc"],
            ["a?c", "ac"],
            ["a.c", "abc"],
        ];
        for (const [pattern, text] of others) assert.ok(!fits(pattern, text), `${pattern} ${text}`);
    });

    it("are quick, however many there are", () => {
        assert.ok(cost(() => assert.ok(!fits(`${"a*".repeat(500)}b`, "a".repeat(5000)))) < 2000);
    });
});
