import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { contains, coverEverything, rangeOf } from "../../../../policy/lib/cidr";

const holds = (outer: string, inner: string) => contains(rangeOf(outer)!, rangeOf(inner)!);
const everything = (...cidrs: string[]) => coverEverything(cidrs.map((cidr) => rangeOf(cidr)!));

describe("ranges of addresses", () => {
    const ofVersion = (family: "ipv4" | "ipv6", address: fc.Arbitrary<string>, bits: number) =>
        fc.record({ family: fc.constant(family), net: address, address, prefix: fc.integer({ min: 0, max: bits }) });

    it("hold the same addresses as Node says", () => {
        const any = fc.oneof(ofVersion("ipv4", fc.ipV4(), 32), ofVersion("ipv6", fc.ipV6(), 128));
        fc.assert(
            fc.property(any, ({ family, net, address, prefix }) => {
                const list = new BlockList();
                list.addSubnet(net, prefix, family);
                assert.equal(holds(`${net}/${prefix}`, address), list.check(address, family));
                assert.ok(holds(`${net}/${prefix}`, net));
            }),
        );
    });

    it("are read in every notation", () => {
        assert.deepEqual(rangeOf("10.1.2.3/8"), rangeOf("10.0.0.0/8"));
        assert.deepEqual(rangeOf(" 10.1.2.3 "), rangeOf("10.1.2.3/32"));
        assert.deepEqual(rangeOf("::FFFF:10.0.0.0/104"), rangeOf("10.0.0.0/8"));
        assert.deepEqual(rangeOf("1:2:3:4:5:6:7:8"), rangeOf("1:2:3:4:5:6:0.7.0.8/128"));
        assert.deepEqual(rangeOf("010.000.0.0/08"), rangeOf("10.0.0.0/8"));
        assert.deepEqual(rangeOf("::10.0.0.1"), rangeOf("::a00:1"));
        assert.deepEqual(rangeOf("::"), rangeOf("0:0:0:0:0:0:0:0/128"));
    });

    it("are none where the text is none", () => {
        for (const text of [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.256",
            "10.0.0.0/8/8",
            "10.0.0.0/x",
            "10.0.0.0/",
            "::/129",
            "1::2::3",
            "1:2:3",
            "g::",
            "example.com",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4::5:6:7:8",
            "::300.0.0.1",
            "fe80::1%eth0",
            "0x0a.0.0.1",
            "10.1",
        ])
            assert.equal(rangeOf(text), undefined, text);
    });

    it("cover everything as one or as many", () => {
        assert.ok(everything("0.0.0.0/0"));
        assert.ok(everything("::/0", "10.0.0.0/8"));
        assert.ok(everything("128.0.0.0/2", "192.0.0.0/2", "10.0.0.0/8", "0.0.0.0/1"));
        assert.ok(everything("::/1", "8000::/1"));
        assert.ok(!everything("0.0.0.0/1", "8000::/1"));
        assert.ok(!everything("0.0.0.0/1", "128.0.0.0/2", "193.0.0.0/8"));
        assert.ok(!everything());
    });

    it("of the two versions hold nothing of each other", () => {
        assert.ok(!holds("::/0", "10.0.0.1"));
        assert.ok(!holds("0.0.0.0/0", "fd00::1"));
        assert.ok(!holds("10.0.0.0/8", "8.0.0.0/6"));
    });
});
