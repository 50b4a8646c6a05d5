import assert from "node:assert/strict";
import { networkMetadataEgress } from "../../../../policy/rules/network-metadata-egress";
import { breaks } from "../../../support/policy/breaks/network-metadata-egress";
import { goodPolicy } from "../../../support/policy/breaks/network-allow-all";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(networkMetadataEgress, breaks);

const found = (rule: Props, config?: Props) =>
    judged(networkMetadataEgress, goodPolicy(undefined, { egress: [rule] }), config);
const everything = (except: string[]) => [{ ipBlock: { cidr: "0.0.0.0/0", except } }];

describe("network-metadata-egress", () => {
    it("finds a rule for every address, and exceptions that leave the address out", () => {
        assert.deepEqual(found({}).violations, [
            "spec.egress[0]: allows the metadata address, as it is for every address; name the peers",
        ]);
        for (const ports of [
            [{ port: 80 }],
            [{ port: "80" }],
            [{ protocol: "TCP" }],
            [{ port: 1, endPort: 1024 }],
            [{ port: 443 }, { port: 80, protocol: "TCP" }],
        ]) {
            assert.equal(found({ ports }).violations.length, 1, JSON.stringify(ports));
            assert.equal(
                found({ to: everything(["169.254.169.253/32"]), ports }).violations.length,
                1,
                JSON.stringify(ports),
            );
            assert.equal(found({ to: everything([]), ports }).violations.length, 1);
        }
    });

    it("lets through ports at which no metadata is, and exceptions that hold the address", () => {
        for (const port of [
            { port: 443 },
            { port: 53, protocol: "UDP" },
            { port: 80, protocol: "UDP" },
            { port: 81, endPort: 1024 },
            { port: "http" },
        ]) {
            assert.deepEqual(found({ ports: [port] }).violations, [], JSON.stringify(port));
            assert.deepEqual(found({ to: everything([]), ports: [port] }).violations, []);
        }
        for (const except of ["169.254.169.254/32", "169.254.0.0/16", "160.0.0.0/4"])
            assert.deepEqual(found({ to: everything(["10.0.0.0/8", except]) }).violations, [], except);
        assert.deepEqual(found({ to: [{ namespaceSelector: {} }] }).violations, []);
    });

    it("looks for the addresses of the configuration", () => {
        const to = [{ ipBlock: { cidr: "100.64.0.0/10" } }];
        assert.deepEqual(found({ to }).violations, []);
        const [violation] = found({ to }, { addresses: ["100.100.100.200"] }).violations;
        assert.match(violation!, /^spec\.egress\[0\]\.to\[0\]\.ipBlock\.cidr: holds 100\.100\.100\.200,/);
    });

    it("looks at egress only, and only where the policy is for it", () => {
        const spec = { egress: [{}], policyTypes: ["Ingress"], ingress: [{}] };
        assert.deepEqual(judged(networkMetadataEgress, goodPolicy(undefined, spec)).violations, []);
    });

    it("says what it does not know", () => {
        assert.deepEqual(found({ to: everything([]), ports: unknown }).unjudged, ["spec.egress[0].ports"]);
        const to = [{ ipBlock: { cidr: "0.0.0.0/0", except: unknown } }, { ipBlock: { cidr: "169.254.0.0/16" } }];
        const both = found({ to });
        assert.equal(both.violations.length, 1);
        assert.deepEqual(both.unjudged, ["spec.egress[0].to[0].ipBlock.except"]);
    });
});
