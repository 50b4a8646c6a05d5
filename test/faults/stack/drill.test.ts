import assert from "node:assert/strict";
import { waitFor } from "../../../sandbox";
import * as b from "../../support/backups";
import { list, namespace, sql } from "../../support/cluster";
import { aBackup, metrics, readMs, refuses, schedule } from "../../support/drill";

let backups: string;
let id: string;

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

describe("drills that fail", () => {
    b.withoutSchedules();

    before(async () => {
        backups = await b.variable("BACKUPS_BUCKET");
        id = await aBackup();
    });

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

    it("runs no program that a dump names, not even that of a backup with a forged seal", async () => {
        await sql(`COMMENT ON TABLE audit_logs IS '${b.bait}'`);
        const baited = await aBackup();
        await sql("COMMENT ON TABLE audit_logs IS NULL");
        const planted = await b.plant(backups, baited, b.trap);
        const forged = await b.plant(backups, baited, b.trap, await b.sealKeyOf());
        try {
            for (const FROM of [planted, "latest"]) {
                const { complete, log } = await b.ended(schedule, { FROM });
                assert.equal(complete, false, log);
                assert.match(log, FROM === planted ? /it is taken because it was named/ : new RegExp(forged));
                assert.match(log, /pg_restore ended with 1[^]*COPY to or from an external program/);
                assert.ok(!log.includes(b.sprung), log);
            }
        } finally {
            for (const trapped of [planted, forged, baited]) await b.hide(backups, trapped);
        }
    });

    it("shows that it failed, in the metrics and in the bucket", async () => {
        await refuses({ FROM: "20010101T000000Z-abcdef" }, /there is no finished backup 20010101T000000Z-abcdef/);
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

    it("keeps no more than the last good and the last failed one, with their volumes", async () => {
        assert.ok((await b.ended(schedule)).complete);
        // A claim goes after its pod.
        await waitFor("older drills to go", 30_000, async () => {
            const pods = await list("pods", namespace, `app=${schedule}`);
            const claims = (await list("pvc")).filter(({ metadata }) => metadata.name.endsWith("-scratch"));
            return (pods.length <= 2 && claims.length <= 2) || `${pods.length} pods, ${claims.length} claims`;
        });
    });
});
