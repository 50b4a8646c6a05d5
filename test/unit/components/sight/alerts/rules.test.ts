import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JustDbCloudArgs } from "../../../../../components";
import { metricsPort } from "../../../../../components/backup/names";
import { resolve } from "../../../../../components/config/resolve";
import { alertGroups, type Rule } from "../../../../../components/sight/alerts/groups";
import type { AlertRule } from "../../../../../components/sight/alerts/rule";
import { latencyBucket } from "../../../../../components/sight/alerts/slo";
import { everyAlert } from "../../../../../tools/lib/every-alert";
import { readYaml } from "../../../../support/mocks-stack";
import { RunbookPage } from "../../../../support/runbook-page";

interface RuleTests {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

const root = join(__dirname, "../../../../..");
const exporter = readFileSync(join(root, "components/backup/scripts/metrics.py"), "utf8");
const exported = [...exporter.matchAll(/^ {4}"(justdb_\w+)": "/gm)].map((match) => match[1]!);

const edge: JustDbCloudArgs = {
    edge: "gateway",
    gatewayClass: "traefik",
    host: "justdb.example.com",
    edgeCidrs: ["10.20.0.0/24"],
};

const rulesOf = (args: JustDbCloudArgs) => alertGroups(resolve(args, "justdb")).flatMap(({ rules }) => rules);
const namesOf = (args: JustDbCloudArgs) => rulesOf(args).flatMap((rule) => ("alert" in rule ? [rule.alert] : []));
const find = (rules: Rule[], name: string) => {
    const found = rules.find((rule) => ("alert" in rule ? rule.alert : rule.record) === name);
    assert.ok(found, name);
    return found;
};

/** What a series is known by: all that the rules ask for begins so. */
const metric = /\b(?:up\b|(?:barman|cnpg|executor|hikaricp|http|justdb|jvm|kubelet|process|redis)[_:][\w:]+)/g;

describe("alerts", () => {
    for (const { topic, alerts } of everyAlert) {
        const { tests } = readYaml(`components/sight/alerts/${topic.name}.test.yaml`) as RuleTests;
        const expected = tests.flatMap((test) => test.alert_rule_test);

        for (const { alert, expr, runbook } of alerts) {
            it(`${alert}: is tested to fire and to clear`, () => {
                const cases = expected
                    .filter(({ alertname }) => alertname === alert)
                    .map((one) => one.exp_alerts.length > 0);
                assert.ok(cases.includes(true) && cases.lastIndexOf(false) > cases.indexOf(true));
                assert.ok(cases.indexOf(false) < cases.indexOf(true), "silent before");
            });

            it(`${alert}: names a part of a runbook that has commands`, () => {
                const [name, anchor] = runbook.split("#") as [string, string];
                const page = new RunbookPage(name);
                assert.match(page.commands(page.titleAt(anchor)), /^kubectl /m);
            });

            it(`${alert}: asks for metrics that are exported`, () => {
                for (const asked of expr.match(/justdb_\w+(?=\{)/g) ?? []) assert.ok(exported.includes(asked), asked);
            });
        }
    }

    it("are of an exporter on the port that the network lets through", () => {
        assert.equal(Number(/^PORT = (\d+)$/m.exec(exporter)?.[1]), metricsPort);
    });

    it("have names that are taken once", () => {
        const names = everyAlert.flatMap(({ alerts }) => alerts.map(({ alert }) => alert));
        assert.deepEqual(names, [...new Set(names)]);
    });

    it("are of their own stack alone, and say so", () => {
        const all: JustDbCloudArgs = {
            namespace: "justdb-two",
            metricsScrape: "prometheusOperator",
            ...edge,
            tlsSecret: "tls",
        };
        for (const rule of rulesOf(all)) {
            const withoutValues = rule.expr.replaceAll('namespace="justdb-two"', "own").replaceAll(/"[^"]*"/g, "");
            for (const { 0: name, index } of withoutValues.matchAll(metric)) {
                assert.ok(withoutValues.slice(index).startsWith(`${name}{own`), `${name} in ${rule.expr}`);
            }
            if ("alert" in rule) assert.equal(rule.labels.namespace, "justdb-two");
        }
    });

    it("send to the runbooks of the package, or to where they are read", () => {
        const urls = (args: JustDbCloudArgs) =>
            rulesOf(args).flatMap((rule) => ("alert" in rule ? [rule.annotations.runbook_url!] : []));
        for (const url of urls({})) assert.match(url, /^docs\/runbooks\/[a-z-]+\.md#[a-z-]+$/);
        for (const url of urls({ runbooksUrl: "https://git.example.com/runbooks" })) {
            assert.match(url, /^https:\/\/git\.example\.com\/runbooks\/[a-z-]+\.md#[a-z-]+$/);
        }
    });
});

describe("alerts that the settings make impossible are left out", () => {
    const database = {
        postgresHost: "db.example.com",
        postgresCidrs: ["10.20.0.0/24"],
        postgresPassword: "x".repeat(16),
    };

    it("those of PostgreSQL and its archive, where it is somebody else's", () => {
        const names = namesOf({ postgresMode: "external", ...database });
        assert.deepEqual(
            names.filter((name) => /Postgres|Archive|BaseBackup/.test(name)),
            [],
        );
        assert.ok(names.includes("JustDbAppDown") && names.includes("JustDbBackupTooOld"));
    });

    it("those of the archive without one, and of base backups without a schedule that comes", () => {
        const archive = (args: JustDbCloudArgs) => namesOf(args).filter((name) => /Archive|BaseBackup/.test(name));
        assert.deepEqual(archive({ postgresArchive: false }), []);
        assert.deepEqual(archive({ postgresArchive: true, archiveSchedule: "0 0 30 2 *" }), [
            "JustDbArchiveFailing",
            "JustDbArchiveMetricsAbsent",
        ]);
        assert.equal(archive({ postgresArchive: true }).length, 3);
    });

    it("those of standbys that are not there", () => {
        const standbys = (postgresInstances: number) =>
            namesOf({ postgresInstances }).filter((name) => /Standby|Lag/.test(name));
        assert.deepEqual(standbys(1), []);
        assert.deepEqual(standbys(2), ["JustDbPostgresNoStandby", "JustDbPostgresReplicationLag"]);
        assert.equal(standbys(3).length, 3);
        const { expr } = find(rulesOf({ postgresInstances: 5 }), "JustDbPostgresStandbyMissing");
        assert.match(expr, /> 0 < 4$/);
    });

    it("that of missing pods, where one alone is asked for", () => {
        assert.ok(!namesOf({ appReplicas: 1 }).includes("JustDbAppPodsMissing"));
        assert.match(find(rulesOf({ appReplicas: 4 }), "JustDbAppPodsMissing").expr, /< 4$/);
    });

    it("those of Redis, where nothing tells of it; an external one is looked for elsewhere", () => {
        const redis = (args: JustDbCloudArgs) => namesOf(args).filter((name) => name.includes("Redis"));
        assert.deepEqual(redis({}), []);
        assert.deepEqual(redis({ metricsScrape: "prometheusOperator", redisMetrics: false }), []);
        const told = rulesOf({ redisMetrics: true });
        assert.equal(redis({ redisMetrics: true }).length, 5);
        const { annotations } = find(told, "JustDbRedisDown") as AlertRule;
        assert.match(annotations.description!, /justdb-redis-0/);
        const external: JustDbCloudArgs = {
            redisMode: "external",
            redisHost: "redis.example.com",
            redisCidrs: ["10.20.0.0/24"],
        };
        const elsewhere = rulesOf({ redisMetrics: true, ...external, redisPassword: "x".repeat(16) });
        const { annotations: others } = find(elsewhere, "JustDbRedisDown") as AlertRule;
        assert.doesNotMatch(others.description!, /justdb-redis-0/);
    });

    it("those of ages that may be any", () => {
        const old = (args: JustDbCloudArgs) =>
            namesOf(args).filter((name) => /^JustDb(Backup|Drill)TooOld$/.test(name));
        assert.deepEqual(old({ backupSchedule: "never", drillSchedule: "never" }), []);
        assert.deepEqual(old({}), ["JustDbBackupTooOld", "JustDbDrillTooOld"]);
    });

    it("those of the certificate, where none is in the cluster", () => {
        const certificate = (args: JustDbCloudArgs) => namesOf(args).filter((name) => name.includes("Certificate"));
        assert.deepEqual(certificate({}), []);
        assert.deepEqual(certificate({ ...edge, tlsSecret: "tls" }), [
            "JustDbCertificateExpiresSoon",
            "JustDbCertificateExpires",
            "JustDbCertificateMetricAbsent",
        ]);
        assert.equal(certificate({ ...edge, tlsIssuer: "ClusterIssuer/letsencrypt" }).length, 3);
    });

    it("those of credentials, which may have any age unless told otherwise", () => {
        const credentials = (args: JustDbCloudArgs) => namesOf(args).filter((name) => name.includes("Credential"));
        assert.deepEqual(credentials({}), []);
        const both = ["JustDbCredentialOld", "JustDbCredentialMetricsAbsent"];
        assert.deepEqual(credentials({ credentialMaxAgeDays: 90 }), both);
    });

    it("those of a pace that even a service which fails at every request does not reach", () => {
        const fast = (args: JustDbCloudArgs, name: string) =>
            rulesOf(args)
                .filter((rule) => "alert" in rule && rule.alert === name)
                .flatMap(({ expr }) =>
                    [...expr.matchAll(/ratio_(\w+)\{[^}]*\} > ([\d.]+)/g)].map((one) => one.slice(1, 3)),
                );
        const errors = "JustDbAvailabilityBurnsFast";
        assert.deepEqual(fast({}, errors), [
            ["1h", "0.0144"],
            ["5m", "0.0144"],
            ["6h", "0.006"],
            ["30m", "0.006"],
        ]);
        // 14.4 times 10 % are more than all requests.
        assert.deepEqual(fast({ availabilityObjectivePercent: 90 }, errors), [
            ["6h", "0.6"],
            ["30m", "0.6"],
        ]);
        assert.deepEqual(fast({ latencyObjectivePercent: 50 }, "JustDbLatencyBurnsFast"), []);
    });
});

describe("the bucket of the latency objective", () => {
    /** As Prometheus matches: the whole value, after the escapes of its strings. */
    const matches = (latencyObjectiveMilliseconds: number, value: string) => {
        const settings = resolve({ latencyObjectiveMilliseconds }, "justdb");
        const [, pattern] = /^le=~("[^"]*")$/.exec(latencyBucket(settings))!;
        return new RegExp(`^(?:${JSON.parse(pattern!) as string})$`).test(value);
    };

    it("is found however a whole number of seconds is written", () => {
        for (const value of ["1", "1.0"]) assert.ok(matches(1000, value), value);
        for (const value of ["1.00", "10", "100", "1.05"]) assert.ok(!matches(1000, value), value);
        for (const value of ["30", "30.0"]) assert.ok(matches(30_000, value), value);
        assert.ok(matches(500, "0.5") && matches(10, "0.01") && matches(1250, "1.25"));
        assert.ok(!matches(500, "0.50") && !matches(500, "0x5") && !matches(500, "10.5"));
    });
});
