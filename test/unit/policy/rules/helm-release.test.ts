import assert from "node:assert/strict";
import { helmRelease } from "../../../../policy/rules/helm-release";
import { judged, unknown } from "../../../support/policy/judge";

const release = (props: Record<string, unknown>) =>
    judged(helmRelease, [{ type: "kubernetes:helm.sh/v3:Release", name: "redis", props }]);

describe("the rule helm-release", () => {
    it("refuses a release whose chart is somewhere else", () => {
        const { violations } = release({
            chart: "redis",
            repositoryOpts: { repo: "https://charts.example.com" },
            values: unknown,
        });
        assert.deepEqual(violations, [
            "redis: chart: hides its objects from all rules, as its chart is not in a local folder; use helm.v4.Chart, a local chart, or an exemption",
        ]);
    });

    it("passes one with a manifest, and refuses one whose manifest cannot be read", () => {
        const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
        assert.deepEqual(release({ chart: "redis", manifest }).violations, []);
        const [violation] = release({ chart: "redis", manifest: "password: [hunter2" }).violations;
        assert.ok(violation && !violation.includes("hunter2"), violation);
    });

    it("waits for a manifest that is not known yet", () => {
        assert.deepEqual(release({ chart: "redis", manifest: unknown }), { violations: [], unjudged: ["manifest"] });
    });

    it("says nothing of other charts", () => {
        assert.deepEqual(judged(helmRelease, [{ type: "kubernetes:helm.sh/v4:Chart", props: {} }]).violations, []);
    });
});
