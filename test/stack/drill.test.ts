import assert from "node:assert/strict";
import { kubectl, waitFor } from "../../sandbox";
import * as b from "../support/backups";
import { namespace, sql } from "../support/cluster";
import { aBackup, metrics, readMs, refuses, schedule } from "../support/drill";

/** Of damaged backups, and of one with a trap in it: test/faults/stack/drill.test.ts. */
describe("drill", () => {
    b.withoutSchedules();

    let backups: string;
    let id: string;
    before(async () => {
        backups = await b.variable("BACKUPS_BUCKET");
        id = await aBackup();
    });

    it("fails when backups have stopped, or there is none", async () => {
        await refuses({ BACKUP_MAX_AGE_SECONDS: "1" }, /the newest backup, .*, is \d+\.\d hours old/);
        await refuses({ FROM: "20010101T000000Z-abcdef" }, /there is no finished backup 20010101T000000Z-abcdef/);
    });

    it("passes on a good backup, and not on a newer one that somebody planted, and touches nothing that is live", async () => {
        const planted = await b.plant(backups, id, (dump) => dump);
        const databases = () => b.administer("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database");
        const before = await databases();
        const { complete, log, result } = await b.ended(schedule);
        assert.ok(complete, log);
        assert.equal(result.backup, id);
        assert.match(log, new RegExp(`backup ${planted} is passed over: it does not have the seal`));
        const { log: list } = await b.ended("justdb-restore", { OPERATION: "list" });
        assert.match(list, new RegExp(`^${planted}  DAMAGED: it does not have the seal`, "m"));
        await b.hide(backups, planted);
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
        assert.equal(told.justdb_backups_unsealed, 0);
        const manifests = (await b.keysOf(backups)).filter((key) => key.endsWith("/manifest.json"));
        assert.equal(told.justdb_backups! + told.justdb_backups_damaged!, manifests.length);
        assert.equal(told.justdb_backup_max_age_seconds, 26 * 3600);
        assert.equal(told.justdb_drill_max_age_seconds, 8 * 86_400);
    });
});
