import assert from "node:assert/strict";
import { secretInAnalysis } from "../../../../policy/rules/secret-in-analysis";
import { secretInEnv } from "../../../../policy/rules/secret-in-env";
import { analysis, breaks } from "../../../support/policy/breaks/secret-in-analysis";
import { type Given, judged } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretInAnalysis, breaks);

const violations = (given: Given) => judged(secretInAnalysis, given).violations;
const plain = { args: [{ name: "api-token", value: "hunter2hunter2" }] };

describe("secret-in-analysis", () => {
    it("judges each kind that holds an analysis, and no other", () => {
        for (const kind of ["AnalysisTemplate", "ClusterAnalysisTemplate", "AnalysisRun"])
            assert.equal(violations(analysis(plain, kind)).length, 1, kind);
        assert.deepEqual(violations(analysis(plain, "Workflow")), []);
    });

    it("says where, and not what", () => {
        assert.deepEqual(violations(analysis(plain)), [
            "spec.args[api-token].value: holds a literal under a key that names a token; " +
                "take it from a Secret, by an argument with valueFrom.secretKeyRef",
        ]);
    });

    it("takes queries, conditions and names of Secrets for what they are", () => {
        const metrics = [
            {
                name: "latency",
                interval: "1m",
                failureLimit: 3,
                provider: {
                    prometheus: {
                        address: "http://prometheus.monitoring.svc:9090",
                        query: 'sum(rate(http_requests_total{namespace="{{ args.namespace }}",code=~"5.."}[5m]))',
                    },
                },
            },
            {
                name: "newrelic",
                provider: { newRelic: { profile: "newrelic-secret", query: "FROM Transaction SELECT 1" } },
            },
            { name: "datadog", provider: { datadog: { secretRef: { name: "datadog-api-key" }, query: "avg:cpu{*}" } } },
        ];
        assert.deepEqual(violations(analysis({ metrics })), []);
    });

    it("leaves the pods of a Job to secret-in-env", () => {
        const containers = [{ name: "look", env: [{ name: "DB_PASSWORD", value: "hunter2hunter2" }] }];
        const job = analysis({
            metrics: [{ name: "job", provider: { job: { spec: { template: { spec: { containers } } } } } }],
        });
        assert.deepEqual(violations(job), []);
        assert.equal(judged(secretInEnv, job).violations.length, 1);
    });
});
