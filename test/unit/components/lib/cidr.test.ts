import assert from "node:assert/strict";
import { covers, isCidr } from "../../../../components/lib/cidr";

describe("cidr", () => {
    it("knows one", () => {
        for (const good of ["0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32"]) {
            assert.ok(isCidr(good), good);
        }
        for (const wrong of ["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/8/8", "::/0", ""]) {
            assert.ok(!isCidr(wrong), wrong);
        }
    });

    it("knows which holds which", () => {
        assert.ok(covers("0.0.0.0/0", "169.254.0.0/16"));
        assert.ok(covers("128.0.0.0/1", "169.254.0.0/16"));
        assert.ok(covers("169.254.0.0/16", "169.254.0.0/16"));
        assert.ok(!covers("169.254.0.0/17", "169.254.0.0/16"));
        assert.ok(!covers("10.0.0.0/8", "169.254.0.0/16"));
    });
});
