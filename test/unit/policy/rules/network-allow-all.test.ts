import assert from "node:assert/strict";
import { networkAllowAll } from "../../../../policy/rules/network-allow-all";
import { breaks, goodPolicy } from "../../../support/policy/breaks/network-allow-all";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(networkAllowAll, breaks);

const found = (spec: Props, type?: string) => judged(networkAllowAll, goodPolicy(type, spec));
const block = (cidr: string, except?: string[]) => ({ ipBlock: { cidr, ...(except && { except }) } });

describe("network-allow-all", () => {
    it("finds no peers and no ports in every way to say so", () => {
        for (const rule of [
            { from: [] },
            { from: null, ports: null },
            { ports: [] },
            { ports: [{ protocol: "TCP" }] },
            { ports: [{ port: 1, endPort: 65535 }] },
        ])
            assert.equal(found({ ingress: [rule] }).violations.length, 1, JSON.stringify(rule));
    });

    it("finds everything in two halves, among other peers, and as addresses of version 4 in those of version 6", () => {
        const halves = [block("0.0.0.0/1"), { podSelector: {} }, block("128.0.0.0/1")];
        assert.match(found({ egress: [{ to: halves }] }).violations[0]!, /^spec\.egress\[0\]\.to: /);
        assert.equal(found({ egress: [{ to: [block("::ffff:0:0/96")] }] }).violations.length, 1);
    });

    it("lets a rule name ports, peers or exceptions", () => {
        for (const rule of [
            { ports: [{ port: 443 }] },
            { ports: [{ port: "https" }] },
            { ports: [{ port: 1024, endPort: 65535 }] },
            { to: [{ namespaceSelector: {} }] },
            { to: [{ podSelector: {} }] },
            { to: [block("0.0.0.0/0", ["10.0.0.0/8", "169.254.0.0/16"])] },
            { to: [block("0.0.0.0/1")] },
            { to: [block("nonsense")] },
            { to: [block("0.0.0.0/0")], ports: [{ port: 443, protocol: "TCP" }] },
        ])
            assert.deepEqual(found({ egress: [rule] }), { violations: [], unjudged: [] }, JSON.stringify(rule));
    });

    it("does not look at rules of a direction that the policy is not for", () => {
        assert.deepEqual(found({ policyTypes: ["Ingress"], egress: [{}] }).violations, []);
        assert.deepEqual(found({ policyTypes: ["Egress"], ingress: [{}] }).violations, []);
        assert.equal(found({ policyTypes: [], egress: [{}] }).violations.length, 1);
        assert.equal(found({ policyTypes: undefined, ingress: [{}], egress: [] }).violations.length, 1);
    });

    it("judges what it knows of a rule", () => {
        assert.deepEqual(found({ egress: [{ to: unknown, ports: [{ port: 443 }] }] }), {
            violations: [],
            unjudged: [],
        });
        assert.deepEqual(found({ egress: [{ to: [{ podSelector: {} }], ports: unknown }] }), {
            violations: [],
            unjudged: [],
        });
        const half = found({ egress: [{ to: [block("0.0.0.0/1"), { ipBlock: { cidr: unknown } }] }] });
        assert.deepEqual(half, { violations: [], unjudged: ["spec.egress[0].to[1].ipBlock.cidr"] });
        assert.equal(
            found({ egress: [{ to: [block("0.0.0.0/0"), { ipBlock: { cidr: unknown } }] }] }).violations.length,
            1,
        );
        assert.equal(found({ policyTypes: [unknown, "Egress"], egress: [{}] }).violations.length, 1);
    });
});
