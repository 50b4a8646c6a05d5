import assert from "node:assert/strict";
import { dashboardFile } from "../../../../tools/dashboard/dashboard";
import { age, graph, number } from "../../../../tools/dashboard/panel";

interface Panel {
    id: number;
    type: string;
    title: string;
    description: string;
    gridPos: { x: number; y: number; w: number; h: number };
    datasource: { uid: string };
    fieldConfig: { defaults: { unit: string; thresholds?: { steps: { value: number | null; color: string }[] } } };
    targets: { refId: string; expr: string; legendFormat: string; datasource: { uid: string } }[];
}

const dashboard = JSON.parse(dashboardFile()) as { id?: number; uid: string; panels: Panel[] };
const panels = dashboard.panels.filter(({ type }) => type !== "row");

describe("the dashboard", () => {
    it("is the same one wherever it is imported", () => {
        assert.deepEqual([dashboard.id, dashboard.uid], [undefined, "justdb-cloud"]);
        const ids = dashboard.panels.map(({ id }) => id);
        assert.deepEqual(
            ids,
            ids.map((_, i) => i + 1),
        );
    });

    it("shows the guide's three panels first", () => {
        const first = panels.slice(0, 3);
        assert.deepEqual(
            first.map(({ title }) => title),
            ["Request rate", "Error rate", "Response time"],
        );
        assert.ok(first.every(({ gridPos }) => gridPos.y === 1));
        assert.match(first[2]!.targets[1]!.expr, /^histogram_quantile\(0\.95, sum by \(le\)/);
    });

    it("fills its lines, and puts nothing over another", () => {
        const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
            Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
        );
        const height = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
        assert.deepEqual([cells.length, new Set(cells).size], [24 * height, 24 * height]);
    });

    for (const { title, description, datasource, fieldConfig, targets } of panels) {
        describe(title, () => {
            it("says what it shows, in a unit", () => {
                assert.match(description, /^[A-Z0-9].+\.$/);
                assert.ok(fieldConfig.defaults.unit);
                assert.equal(datasource.uid, "${datasource}");
            });

            it("asks for the chosen stack alone, by rates over the time that Grafana chooses", () => {
                assert.ok(targets.length > 0);
                for (const { expr, legendFormat, datasource } of targets) {
                    assert.ok(legendFormat);
                    assert.equal(datasource.uid, "${datasource}");
                    const selectors = expr.match(/\{[^}]*\}/g) ?? [];
                    assert.ok(selectors.length > 0, expr);
                    for (const selector of selectors) assert.match(selector, /^\{namespace="\$namespace"/);
                    for (const [range] of expr.matchAll(/\[[^\]]+\](?!\.)/g)) {
                        assert.equal(range, "[$__rate_interval]", expr);
                    }
                }
            });
        });
    }
});

describe("a panel of the dashboard", () => {
    const panel = { title: "Panel", description: "Shows.", unit: "s", queries: { one: "one", two: "two" } };
    const steps = (limits: object) => number({ ...panel, limits }).build().fieldConfig?.defaults.thresholds?.steps;

    it("is yellow and red from its limits on, or red below what it must be", () => {
        assert.deepEqual(steps({ warning: 1, critical: 2 }), [
            { value: null, color: "green" },
            { value: 1, color: "yellow" },
            { value: 2, color: "red" },
        ]);
        assert.deepEqual(steps({ least: 1 }), [
            { value: null, color: "red" },
            { value: 1, color: "green" },
        ]);
        assert.equal(number(panel).build().fieldConfig?.defaults.thresholds, undefined);
    });

    it("tells its queries apart", () => {
        assert.deepEqual(
            graph(panel)
                .build()
                .targets?.map(({ refId }) => refId),
            ["A", "B"],
        );
    });

    it("shows no age of what never was", () => {
        assert.equal(age("x"), "time() - (x > 0)");
    });
});
