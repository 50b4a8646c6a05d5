import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ports } from "../../../components/lib/names";
import { readYaml } from "../../support/mocks-stack";

interface Rules {
    groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

interface RuleTests {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

const root = join(__dirname, "../../..");
const exporter = readFileSync(join(root, "components/backup/scripts/metrics.py"), "utf8");
const exported = [...exporter.matchAll(/^ {4}"(justdb_\w+)": "/gm)].map((match) => match[1]!);
const alerts = (readYaml("components/backup/alerts/alerts.yaml") as Rules).groups.flatMap(({ rules }) => rules);
const expected = (readYaml("components/backup/alerts/alerts.test.yaml") as RuleTests).tests.flatMap(
    (test) => test.alert_rule_test,
);

describe("alerts", () => {
    for (const { alert, expr, annotations } of alerts) {
        it(`${alert}: asks for metrics that are exported`, () => {
            const asked = expr.match(/justdb_\w+/g) ?? [];
            assert.ok(asked.length > 0);
            for (const metric of asked) assert.ok(exported.includes(metric), metric);
        });

        it(`${alert}: is tested to fire and to clear`, () => {
            const cases = expected
                .filter(({ alertname }) => alertname === alert)
                .map((one) => one.exp_alerts.length > 0);
            assert.ok(cases.includes(true) && cases.lastIndexOf(false) > cases.indexOf(true));
        });

        it(`${alert}: names a part of a runbook that is there`, () => {
            const [page, anchor] = annotations.runbook!.split("#") as [string, string];
            const titles = readFileSync(join(root, page), "utf8").matchAll(/^## (.*)$/gm);
            const anchors = [...titles].map((title) => title[1]!.toLowerCase().replaceAll(" ", "-"));
            assert.ok(anchors.includes(anchor), `${page} has ${anchors.join(", ")}`);
        });
    }

    it("are of an exporter on the port that the network lets through", () => {
        assert.equal(Number(/^PORT = (\d+)$/m.exec(exporter)?.[1]), ports.metrics);
    });
});
