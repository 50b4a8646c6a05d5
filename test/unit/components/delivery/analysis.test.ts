import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { readYaml } from "../../../support/mocks-stack";
import { waysOf } from "../../../support/policies";

interface Metric {
    name: string;
    initialDelay?: string;
    interval?: string;
    count?: string;
    successCondition: string;
    provider: { prometheus: { address: string; query: string } };
}

const judged: JustDbCloudArgs = { delivery: "canary", analysisPrometheus: "http://prometheus.monitoring.svc:9090" };
const callers = (args: JustDbCloudArgs) => waysOf(args, "app").filter((way) => way.includes("<"));
const metricsOf = (made: Plan) => made.at("justdb-analysis", "spec.metrics") as Metric[];
const metricOf = (made: Plan, name: string) => metricsOf(made).find((metric) => metric.name === name)!;

describe("the analysis of a new version", () => {
    let made: Plan;
    before(async () => {
        made = await plan(judged);
    });

    it("is there before the Rollout, and only with a Prometheus", async () => {
        assert.ok(waitsFor(made.get("justdb-rollout"), "justdb-analysis"));
        assert.equal((await plan({ delivery: "canary" })).has("justdb-analysis"), false);
    });

    it("is the pause of each step of a canary, with measurements all along and one at the end", () => {
        const steps = made.at("justdb-rollout", "spec.strategy.canary.steps") as {
            setWeight?: number;
            analysis?: { templates: object[]; args: { name: string; value?: string; valueFrom?: object }[] };
        }[];
        assert.deepEqual(
            steps.map(({ setWeight }) => setWeight),
            [10, undefined, 50, undefined],
        );
        const [minute, five] = [1, 3].map((index) => steps[index]!.analysis!);
        assert.deepEqual(minute!.templates, [{ templateName: made.at("justdb-analysis", "metadata.name") }]);
        assert.deepEqual(minute!.args, [
            { name: "version", valueFrom: { podTemplateHashValue: "Latest" } },
            { name: "window", value: "90s" },
            { name: "interval", value: "10s" },
            { name: "count", value: "6" },
            { name: "end", value: "60s" },
        ]);
        const values = Object.fromEntries(five!.args.map(({ name, value }) => [name, value]));
        assert.deepEqual([values.interval, values.count, values.end], ["30s", "10", "300s"]);
    });

    it("names every argument that the template reads, with a value that the controller can check it by", () => {
        const text = JSON.stringify(metricsOf(made));
        const read = new Set([...text.matchAll(/\{\{args\.(\w+)\}\}/g)].map(([, name]) => name!));
        const declared = made.at("justdb-analysis", "spec.args") as { name: string; value?: string }[];
        assert.deepEqual([...read].sort(), declared.map(({ name }) => name).sort());
        assert.deepEqual(
            declared.filter(({ value }) => value === undefined).map(({ name }) => name),
            ["version"],
        );
    });

    it("looks at the new version's pods in this namespace alone, and at no probe or scrape", async () => {
        const other = await plan({ ...judged, namespace: "staging" });
        for (const { provider, name } of metricsOf(other)) {
            const series = provider.prometheus.query.match(
                /http_server_requests_seconds_\w+\{[^}]*\{\{args.version\}\}[^}]*\}/g,
            )!;
            assert.ok(series.length > 0, name);
            for (const one of series) {
                assert.match(
                    one,
                    /namespace="staging",pod=~"justdb-cloud-\{\{args\.version\}\}-\.\+",uri!~"\(\/health\|\/actuator\)/,
                );
            }
            assert.equal(provider.prometheus.address, judged.analysisPrometheus);
        }
    });

    it("asks for what the settings say", async () => {
        const other = await plan({
            ...judged,
            analysisMaxErrorPercent: 1,
            analysisMaxP95Milliseconds: 250,
            analysisMinRequests: 500,
        });
        const conditions = (of: Plan) => metricsOf(of).map(({ name, successCondition }) => [name, successCondition]);
        assert.deepEqual(conditions(made), [
            ["error-percent", "result[0] <= 5"],
            ["p95-milliseconds", "result[0] <= 1000"],
            ["requests", "result[0] >= 20"],
        ]);
        assert.deepEqual(conditions(other), [
            ["error-percent", "result[0] <= 1"],
            ["p95-milliseconds", "result[0] <= 250"],
            ["requests", "result[0] >= 500"],
        ]);
        assert.match(metricOf(other, "error-percent").provider.prometheus.query, />= 500\) or vector\(0\)$/);
    });

    it("takes no data for no success: too few requests are found at the end", () => {
        const { initialDelay, interval, count, provider } = metricOf(made, "requests");
        assert.deepEqual([initialDelay, interval, count], ["{{args.end}}", undefined, undefined]);
        assert.match(provider.prometheus.query, /^\(sum\(.*\) or vector\(0\)\)$/);
    });

    it("asks what make lint has a Prometheus answer", () => {
        const { tests } = readYaml("components/delivery/analysis.test.yaml") as {
            tests: { promql_expr_test: { expr: string }[] }[];
        };
        const tried = new Set(tests.flatMap((test) => test.promql_expr_test.map(({ expr }) => expr)));
        const asked = metricsOf(made).map(({ provider }) =>
            provider.prometheus.query.replaceAll("{{args.version}}", "abc").replaceAll("{{args.window}}", "90s"),
        );
        assert.deepEqual([...tried].sort(), asked.sort());
    });

    it("lets Prometheus read the metrics of the app's pods, also where the stack does not say how it finds them", () => {
        const metricsScrape = "none";
        assert.deepEqual(callers({ ...judged, metricsScrape }), ["app < monitoring/* :8080"]);
        assert.deepEqual(callers({ delivery: "canary", metricsScrape }), []);
    });
});
