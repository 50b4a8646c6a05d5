import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { RuleGroup } from "../../components/sight/alerts/groups";
import { apply, badApps, kubectl, loadBadApps, repoDir, startSight, stopSight, versions, waitFor } from "../../sandbox";
import * as b from "../support/backups";
import { certificateOfAge, tlsSecretOf } from "../support/certificate";
import { exec, fence, get, podsReady, sql } from "../support/cluster";
import { host, tlsSecret } from "../support/edge-lab";
import { Prometheus } from "../support/prometheus";
import { quick, selectors } from "../support/rules";
import { endSessions, startSessions } from "../support/sessions";
import { SmallVolume } from "../support/small-volume";
import { forget, TestStack } from "../support/test-stack";
import { Traffic } from "../support/traffic";

const namespace = "justdb-sight";
const volume = new SmallVolume("small-volume", { namespace, name: "justdb-db-1" });
const stack = new TestStack("sight", namespace, {
    appReplicas: "2",
    archiveTimeoutSeconds: "30",
    // The version that is late is so by more than a second. On a busy machine a good one is late by less.
    latencyObjectiveMilliseconds: "900",
    edge: "ingress",
    edgePreflight: "false",
    ingressClass: "nobody",
    host,
    tlsSecret,
});

const here = (...args: string[]) => kubectl(["-n", namespace, ...args]);
const scale = (what: string, replicas: number) => here("scale", what, `--replicas=${replicas}`);
const setImage = (image: string) => here("set", "image", "deployment/justdb-cloud", `justdb-cloud=${image}`);

interface Fault {
    alerts: string[];
    cause: () => Promise<unknown>;
    undo: () => Promise<unknown>;
}

/** While the exporter starts anew, and so reads its files at once, nobody tells of backups, which would fire as well. */
async function allowAge(seconds: string): Promise<void> {
    const exporter = "deployment/justdb-backup-metrics";
    await here("set", "env", exporter, `BACKUP_MAX_AGE_SECONDS=${seconds}`);
    await here("rollout", "status", exporter, "--timeout=120s");
}

/** What the edge shows to clients. Nobody reads it here but the exporter. */
const showCertificate = async (days: { passed: number; left: number }) =>
    apply([tlsSecretOf(await certificateOfAge(host, days), tlsSecret, namespace)]);

const archiveKey = (id: string) =>
    here("patch", "secret", "justdb-archive", "-p", JSON.stringify({ stringData: { "aws-access-key-id": id } }));

const redis = (command: string) => exec("justdb-redis-0", `redis-cli ${command}`, namespace);

let memoryOfRedis: string;
let keyOfArchive: string;
let writers: Traffic;

/** Those of one round are caused at once. */
const rounds: Record<string, Fault>[] = [
    {
        "a backup is too old, a drill has failed, and the certificate is near its end": {
            alerts: ["JustDbBackupTooOld", "JustDbCertificateExpiresSoon", "JustDbDrillFailed"],
            cause: async () => {
                await showCertificate({ passed: 60, left: 2 });
                await allowAge("1");
                assert.ok(!(await b.ended("justdb-drill", { FROM: "20010101T000000Z-abcdef" }, namespace)).complete);
            },
            undo: async () => {
                await showCertificate({ passed: 1, left: 89 });
                await allowAge("93600");
                assert.ok((await b.ended("justdb-drill", {}, namespace)).complete);
            },
        },
        "the archive refuses the key": {
            alerts: ["JustDbArchiveFailing"],
            cause: async () => {
                keyOfArchive = Buffer.from(
                    (await get("secret", "justdb-archive", namespace)).data!["aws-access-key-id"]!,
                    "base64",
                ).toString();
                await archiveKey("AKIAUNKNOWN");
                await sql("SELECT pg_switch_wal()", namespace);
            },
            undo: () => archiveKey(keyOfArchive),
        },
        "the volume of PostgreSQL fills up": {
            alerts: ["JustDbPostgresVolumeFilling", "JustDbPostgresVolumeFull"],
            cause: () => volume.fill(0.07),
            undo: () => Promise.resolve(volume.empty()),
        },
        "Redis has no memory": {
            alerts: ["JustDbRedisMemory", "JustDbRedisWritesRefused"],
            cause: async () => {
                [, memoryOfRedis] = (await redis("config get maxmemory")).split("\n") as [string, string];
                await redis("config set maxmemory 1");
            },
            undo: () => redis(`config set maxmemory ${memoryOfRedis}`),
        },
    },
    {
        "a lock holds every connection to the database": {
            alerts: ["JustDbAppPoolExhausted", "JustDbAppPoolPending"],
            cause: async () => {
                await startSessions("lock", "LOCK TABLE schema_versions IN ACCESS EXCLUSIVE MODE", namespace);
                writers = Traffic.ofWrites(namespace, 150);
            },
            undo: async () => {
                await endSessions("lock", namespace);
                await writers.stop();
            },
        },
    },
    {
        "the app answers with errors": {
            alerts: ["JustDbAvailabilityBurnsFast"],
            cause: () => setImage(badApps.failing),
            undo: () => setImage(versions.images.app[0]!),
        },
    },
    {
        "the app answers late": {
            alerts: ["JustDbLatencyBurnsFast"],
            cause: () => setImage(badApps.slow),
            undo: () => setImage(versions.images.app[0]!),
        },
    },
    {
        "PostgreSQL is stopped": {
            alerts: ["JustDbAppNotReady", "JustDbPostgresDown"],
            cause: () => fence(["*"], namespace),
            undo: () => fence([], namespace),
        },
        "Redis is stopped": {
            alerts: ["JustDbAppNotReady", "JustDbRedisDown"],
            cause: () => scale("statefulset/justdb-redis", 0),
            undo: () => scale("statefulset/justdb-redis", 1),
        },
    },
    {
        "no pod of the app runs": {
            alerts: ["JustDbAppDown"],
            cause: () => scale("deployment/justdb-cloud", 0),
            undo: () => scale("deployment/justdb-cloud", 2),
        },
    },
];

interface Dashboard {
    panels: { title: string; targets?: { expr: string }[] }[];
}

/** What Grafana asks, by the panel. */
function questions(): [panel: string, expr: string][] {
    const file = path.join(repoDir, "components/sight/grafana.json");
    const { panels } = JSON.parse(fs.readFileSync(file, "utf8")) as Dashboard;
    const asked = (expr: string) => expr.replaceAll("$namespace", namespace).replaceAll("$__rate_interval", "1m");
    return panels.flatMap(({ title, targets = [] }) =>
        targets.map(({ expr }) => [title, asked(expr)] as [string, string]),
    );
}

/** In this order: what an alert asks for is all there once each fault was. */
describe("what Prometheus sees of a stack", function () {
    this.timeout(1_200_000);
    let prometheus: Prometheus;
    let groups: RuleGroup[];
    let traffic: Traffic;
    const since = new Date();

    before(async () => {
        await volume.make("4Gi", "100Gi");
        const url = await startSight();
        prometheus = new Prometheus(url, namespace);
        await loadBadApps();
        await stack.up();
        await showCertificate({ passed: 1, left: 89 });
        traffic = new Traffic(namespace, 8);
        assert.ok((await b.ended("justdb-backup", {}, namespace)).complete);
        assert.ok((await b.ended("justdb-drill", {}, namespace)).complete);
        groups = (await get("prometheusrule", "justdb-cloud", namespace)).spec.groups as RuleGroup[];
        const metadata = { name: "justdb-cloud", namespace };
        const spec = { groups: quick(groups) };
        await apply([{ apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata, spec }]);
        await prometheus.isQuick();
    });

    after(async () => {
        await traffic?.stop();
        await stack.open((opened) => opened.destroy());
        await forget(stack.name);
        await stopSight();
        await volume.remove();
    });

    it("answers every query of the dashboard", async () => {
        // The bucket of backups is read once a minute.
        await waitFor("an answer to every query", 120_000, async () => {
            const silent: string[] = [];
            for (const [panel, expr] of questions()) {
                if ((await prometheus.values(expr)).length === 0) silent.push(`${panel}: ${expr}`);
            }
            return silent.length === 0 || silent.join("\n");
        });
    });

    it("is that nothing is wrong, while nothing is", () => prometheus.clear());

    for (const round of rounds) {
        it(`is that ${Object.keys(round).join(", and that ")}`, async () => {
            const faults = Object.values(round);
            const alerts = faults.flatMap((fault) => fault.alerts);
            // Else what an earlier fault left would be taken for this one's.
            await prometheus.clear(...alerts);
            try {
                for (const { cause } of faults) await cause();
                await prometheus.fire(...alerts);
            } finally {
                for (const { undo } of faults) await undo();
            }
            await podsReady("app=justdb-cloud", 2, namespace);
            await prometheus.clear(...alerts);
        });
    }

    it("holds every series that an alert goes by", async () => {
        const missing: string[] = [];
        for (const rule of groups.flatMap(({ rules }) => rules)) {
            for (const selector of selectors(rule.expr)) {
                if (await prometheus.hasSeries(selector, since)) continue;
                missing.push(`${"alert" in rule ? rule.alert : rule.record}: ${selector}`);
            }
        }
        assert.deepEqual(missing, []);
    });
});
