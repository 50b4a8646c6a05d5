import assert from "node:assert/strict";
import { quick, selectors } from "../../support/rules";

describe("rules that are quick", () => {
    it("look back half a minute, and wait no longer than seconds", () => {
        const alert = { alert: "A", expr: "rate(a[5m]) > 0 and sum_over_time(b[30d]) > 5", for: "15m" };
        const record = { record: "job:a:rate5m", expr: "rate(a[5m])" };
        const rest = { labels: {}, annotations: {} };
        assert.deepEqual(quick([{ name: "g", interval: "60s", rules: [{ ...alert, ...rest }, record] }]), [
            {
                name: "g",
                interval: "5s",
                rules: [
                    { alert: "A", expr: "rate(a[30s]) > 0 and sum_over_time(b[30s]) > 5", for: "5s", ...rest },
                    { record: "job:a:rate5m", expr: "rate(a[30s])" },
                ],
            },
        ]);
    });
});

describe("the selectors of an expression", () => {
    const cases: [expr: string, found: string[]][] = [
        ["up", ["up"]],
        ['sum by (pod) (rate(a_total{x=~"b|(c)",y="}"}[5m])) > 1e3', ['a_total{x=~"b|(c)",y="}"}']],
        ["a / on (namespace, pod) group_left (x) b:c", ["a", "b:c"]],
        ['a or absent(b{x="("}) or absent(c == 1) or time() - d > 900', ["a", 'b{x="("}', "c", "d"]],
        ["max without (pod) (a) unless b offset 5m", ["a", "b"]],
        ['label_replace(a, "pod", "$1", "claim", "(.+)")', ["a"]],
        ['{__name__=~"a.+"}', ['{__name__=~"a.+"}']],
        ["vector(0.5) or 0 * a", ["a"]],
    ];
    for (const [expr, found] of cases) it(expr, () => assert.deepEqual(selectors(expr), found));
});
