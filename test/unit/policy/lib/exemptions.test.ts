import assert from "node:assert/strict";
import { type Exemption, Exemptions, placeOf } from "../../../../policy/lib/exemptions";

const urn = "urn:pulumi:prod::shop::shop:index:Shop$kubernetes:apps/v1:Deployment::shop-web";
const exemption = (change: Partial<Exemption> = {}): Exemption => ({
    resource: "kubernetes:apps/v1:Deployment::shop-*",
    reason: "the vendor's image writes to its root",
    owner: "team shop",
    expires: "2026-06-30",
    ...change,
});

function exempt(change: Partial<Exemption>, today = "2026-06-30") {
    const exemptions = new Exemptions(() => today);
    exemptions.learn("a-rule", [exemption(change)]);
    const covered = exemptions.covers("a-rule", urn);
    return { covered, ...exemptions.report() };
}

describe("an exemption", () => {
    it("names its resource by type and name, whatever its parents are", () => {
        assert.equal(placeOf(urn), "kubernetes:apps/v1:Deployment::shop-web");
    });

    it("covers what its pattern fits up to its last day, and its use is reported", () => {
        const { covered, notices, violations } = exempt({});
        assert.equal(covered, true);
        assert.deepEqual(violations, []);
        assert.deepEqual(notices, [
            "a-rule: kubernetes:apps/v1:Deployment::shop-web (the vendor's image writes to its root; team shop, until 2026-06-30)",
        ]);
    });

    it("covers nothing after its last day, and says so", () => {
        const { covered, violations } = exempt({}, "2026-07-01");
        assert.equal(covered, false);
        assert.match(violations.join(), /expired on 2026-06-30/);
    });

    it("covers nothing without a reason or an owner, and says so", () => {
        for (const change of [{ reason: "          " }, { owner: " " }]) {
            const { covered, violations } = exempt(change);
            assert.equal(covered, false);
            assert.match(violations.join(), /no reason or no owner/);
        }
    });

    it("that nothing needs is stale", () => {
        const { covered, violations } = exempt({ resource: "kubernetes:apps/v1:Deployment::other" });
        assert.equal(covered, false);
        assert.match(violations.join(), /stale/);
    });

    it("takes no character but * for a pattern", () => {
        for (const resource of ["kubernetes:apps.v1:Deployment::shop-web", "Deployment", "shop-web", "(.|)*x"])
            assert.equal(exempt({ resource }).covered, false, resource);
        assert.equal(exempt({ resource: "*" }).covered, true);
    });

    it("is for its own rule alone", () => {
        const exemptions = new Exemptions();
        exemptions.learn("a-rule", [exemption({ expires: "2999-01-01" })]);
        assert.equal(exemptions.covers("another-rule", urn), false);
    });
});
