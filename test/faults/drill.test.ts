import assert from "node:assert/strict";
import { ensureVolumes, kubectl, waitFor } from "../../sandbox";
import { apply, serves } from "../support/app";
import * as b from "../support/backups";
import { list, namespace, sql } from "../support/cluster";

const schedule = "justdb-drill";
/** The exporter reads the bucket every minute. */
const readMs = 90_000;

let backups: string;
let id: string;

/** What Prometheus would be told. */
async function metrics(): Promise<Record<string, number>> {
    const service = `/api/v1/namespaces/${namespace}/services/justdb-backup-metrics:metrics/proxy/metrics`;
    const lines = (await kubectl(["get", "--raw", service])).split("\n").filter((line) => /^\w/.test(line));
    return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, value]) => [name!, Number(value)]));
}

/** A drill that must fail, and its message. */
async function refuses(variables: Record<string, string>, message: RegExp): Promise<void> {
    const { complete, log } = await b.ended(schedule, variables);
    assert.equal(complete, false, log);
    assert.match(log, message);
}

/** A drill of a copy of the backup in which somebody has altered a file, or what the manifest claims, must fail. */
async function refusesForged(
    message: RegExp,
    file: string,
    alter: (data: Buffer) => Buffer,
    claim?: Parameters<typeof b.forge>[4],
): Promise<void> {
    const forged = await b.forge(backups, id, file, alter, claim);
    try {
        await refuses({ FROM: forged }, message);
    } finally {
        await b.hide(backups, forged);
    }
}

describe("drill", () => {
    b.withoutSchedules();

    before(async () => {
        await ensureVolumes();
        backups = await b.variable("BACKUPS_BUCKET");
        await serves();
        assert.equal((await apply("drill", String(Date.now()))).status, 200);
        const made = await b.ended("justdb-backup");
        assert.ok(made.complete, made.log);
        id = made.result.backup as string;
    });

    // Failed on purpose, they would be in the way of whoever looks for pods that are not well.
    after(() => kubectl(["-n", namespace, "delete", "jobs", "-l", `app=${schedule}`]));

    it("fails on a backup that is damaged, with the reason", async () => {
        await refusesForged(/database.dump has \d+ bytes; its manifest says/, "database", b.truncated);
        // Which of its checks sees a flipped bit first depends on where in the archive it is.
        await refusesForged(/the backup is damaged/, "objects", b.flipped);
        await refusesForged(/schemas.jsonl does not have the SHA-256/, "index", b.flipped);
    });

    it("fails on a backup that is whole and does not hold what it claims", async () => {
        const unaltered = (data: Buffer) => data;
        await refusesForged(
            /rows differ from the manifest: public.schema_versions: \d+ in place of/,
            "database",
            unaltered,
            ({ database }) => {
                database.rows["public.schema_versions"]! += 1;
            },
        );
    });

    it("fails when backups have stopped, or there is none", async () => {
        await refuses({ BACKUP_MAX_AGE_SECONDS: "1" }, /the newest backup, .*, is \d+\.\d hours old/);
        await refuses({ FROM: "20010101T000000Z-abcdef" }, /there is no finished backup 20010101T000000Z-abcdef/);
    });

    it("shows that it failed, in the metrics and in the bucket", async () => {
        await waitFor(
            "the failed drill in the metrics",
            readMs,
            async () => (await metrics()).justdb_drill_last_good === 0,
        );
        const results = (await b.keysOf(backups)).filter((key) => key.startsWith("drills/")).sort();
        const last = JSON.parse((await b.content(backups, results.at(-1)!)).toString()) as Record<string, unknown>;
        assert.equal(last.ok, false);
        assert.match(last.error as string, /there is no finished backup/);
    });

    it("passes on a good backup, and touches nothing that is live", async () => {
        const databases = () => b.administer("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database");
        const before = await databases();
        const { complete, log, result } = await b.ended(schedule);
        assert.ok(complete, log);
        assert.equal(result.backup, id);
        assert.ok(Number(result.rows) >= Number(await sql("SELECT count(*) FROM schema_versions")));
        assert.equal(await databases(), before);

        assert.equal((await metrics()).justdb_backup_metrics_errors_total, 0);
        // The exporter reads when it starts, too.
        await kubectl(["-n", namespace, "delete", "pod", "-l", "app=justdb-backup-metrics"]);
        await waitFor(
            "the good drill in the metrics",
            readMs,
            async () => (await metrics()).justdb_drill_last_good === 1,
        );
        const told = await metrics();
        const isNow = (metric: string) => Math.abs(Date.now() / 1000 - told[metric]!) < 600;
        assert.ok(isNow("justdb_drill_last_success_timestamp_seconds"));
        assert.ok(isNow("justdb_backup_last_success_timestamp_seconds"));
        assert.ok(told.justdb_backup_last_size_bytes! > 0);
        const manifests = (await b.keysOf(backups)).filter((key) => key.endsWith("/manifest.json"));
        assert.equal(told.justdb_backups! + told.justdb_backups_damaged!, manifests.length);
        assert.equal(told.justdb_backup_max_age_seconds, 26 * 3600);
        assert.equal(told.justdb_drill_max_age_seconds, 8 * 86_400);
    });

    it("keeps no more than the last good and the last failed one, with their volumes", async () => {
        // A claim goes after its pod.
        await waitFor("older drills to go", 30_000, async () => {
            const pods = await list("pods", namespace, `app=${schedule}`);
            const claims = (await list("pvc")).filter(({ metadata }) => metadata.name.endsWith("-scratch"));
            return (pods.length <= 2 && claims.length <= 2) || `${pods.length} pods, ${claims.length} claims`;
        });
    });
});
