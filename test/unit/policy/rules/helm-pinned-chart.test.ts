import assert from "node:assert/strict";
import { helmPinnedChart } from "../../../../policy/rules/helm-pinned-chart";
import { breaks } from "../../../support/policy/breaks/helm-pinned-chart";
import { judged, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(helmPinnedChart, breaks);

const chart = (props: Record<string, unknown>, type = "kubernetes:helm.sh/v3:Release") =>
    judged(helmPinnedChart, { type, props });
const repo = "https://charts.example.com";

describe("the rule helm-pinned-chart, in particular", () => {
    it("passes local charts, archives with their version in the address, digests and pre-releases", () => {
        for (const props of [
            { chart: "./charts/app" },
            { chart: "components/database/chart" },
            { chart: "../app-1.2.3.tgz" },
            { chart: "/srv/charts/app" },
            { chart: "https://charts.example.com/app-1.2.3.tgz" },
            { chart: `oci://registry.example.com/app@sha256:${"0".repeat(64)}` },
            { chart: "app", version: "v1.2.3-rc.1+build.4", repositoryOpts: { repo } },
            { chart: "app", version: "1.2.3", repositoryOpts: { repo: "oci://registry.example.com" } },
        ])
            assert.deepEqual(chart(props), { violations: [], unjudged: [] }, JSON.stringify(props));
    });

    it("finds a chart of a repository that only this machine knows", () => {
        assert.deepEqual(
            chart({ chart: "bitnami/redis", version: "1.2.3" }).violations.map((it) => it.split(": ")[0]),
            ["repositoryOpts.repo"],
        );
    });

    it("finds a range in any form", () => {
        for (const version of ["1", "1.2", "1.x", "~1.2.3", ">=1.2.3 <2", "latest", "*", "1.2.3 || 2.0.0", ""])
            assert.equal(chart({ chart: "app", version, repositoryOpts: { repo } }).violations.length, 1, version);
    });

    it("judges the repository when the version is not known", () => {
        const { violations, unjudged } = chart({
            chart: "app",
            version: unknown,
            repositoryOpts: { repo: "http://x" },
        });
        assert.equal(violations.length, 1);
        assert.deepEqual(unjudged, ["version"]);
    });

    it("judges a chart of any version that can be seen, and says nothing of one that cannot", () => {
        assert.equal(chart({ chart: "oci://x/app" }, "kubernetes:helm.sh/v4:Chart").violations.length, 1);
        assert.deepEqual(chart({}, "kubernetes:helm.sh/v4:Chart").violations, []);
    });
});
