import assert from "node:assert/strict";
import { covers, familyOf, isCidr, isSingle } from "../../../../components/lib/cidr";

describe("cidr", () => {
    it("knows one", () => {
        for (const good of ["0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32", "::/0", "fd00:20::/64", "2001:DB8::1/128"]) {
            assert.ok(isCidr(good), good);
        }
        const ofVersion4 = ["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/8/8", ""];
        const ofVersion6 = ["fd00::", "fd00::/129", "fd00::1::/64", "[fd00::]/64", "fe80::1%eth0/128", "fd00::/64/64"];
        // A second way to write an address of version 4: what names it thus is not seen by whoever compares addresses.
        const mixed = ["::ffff:169.254.169.254/128", "::ffff:a9fe:a9fe/128", "::10.0.0.1/128"];
        for (const wrong of [...ofVersion4, ...ofVersion6, ...mixed]) {
            assert.ok(!isCidr(wrong), wrong);
        }
    });

    it("knows which holds which", () => {
        assert.ok(covers("0.0.0.0/0", "169.254.0.0/16"));
        assert.ok(covers("128.0.0.0/1", "169.254.0.0/16"));
        assert.ok(covers("169.254.0.0/16", "169.254.0.0/16"));
        assert.ok(!covers("169.254.0.0/17", "169.254.0.0/16"));
        assert.ok(!covers("10.0.0.0/8", "169.254.0.0/16"));
        assert.ok(covers("::/0", "fd00:ec2::/32"));
        assert.ok(covers("fd00::/8", "fd00:ec2::254/128"));
        assert.ok(!covers("fd00:ec3::/32", "fd00:ec2::/32"));
    });

    it("holds no address of one version in a range of the other", () => {
        assert.ok(!covers("0.0.0.0/0", "fd00::/8"));
        assert.ok(!covers("::/0", "10.0.0.0/8"));
    });

    it("knows the family, and a single address", () => {
        assert.deepEqual(["10.0.0.0/8", "fd00::/8"].map(familyOf), ["IPv4", "IPv6"]);
        assert.deepEqual(["10.0.0.1/32", "fd00::1/128"].map(isSingle), [true, true]);
        assert.deepEqual(["10.0.0.0/31", "fd00::/32"].map(isSingle), [false, false]);
    });
});
