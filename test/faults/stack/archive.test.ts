import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { ArchiveLab, archiveTimeout } from "../../support/archive";

/** In this order: they are about one archive, whose database is recovered twice. */
describe("recovery from an archive, into a new database with a new archive", () => {
    let lab: ArchiveLab;
    let archive: string;
    let between: string;

    before(async () => {
        lab = await ArchiveLab.open();
        archive = lab.name();
        await lab.start(archive);
        await lab.backUp();
        await lab.sql(
            "CREATE TABLE writes (id SERIAL PRIMARY KEY, what TEXT, at TIMESTAMPTZ DEFAULT clock_timestamp(), " +
                "wal TEXT DEFAULT pg_walfile_name(pg_current_wal_insert_lsn()))",
        );
    });
    after(() => lab.close());

    it("all volumes lost: brings back all but the last seconds", async () => {
        await lab.sql("INSERT INTO writes (what) VALUES ('earlier')");
        between = await lab.sql(
            `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
        );
        await lab.sql("INSERT INTO writes (what) VALUES ('later')");

        const until = performance.now() + 2.5 * archiveTimeout * 1000;
        while (performance.now() < until) await lab.sql("INSERT INTO writes (what) VALUES ('load')");
        const last = await lab.sql("SELECT extract(epoch FROM max(at)), max(id) FROM writes");
        // A write begins in this file, so the one before it has ended there or earlier.
        const archived = await lab.sql(
            "SELECT max(id) - 1 FROM writes WHERE wal <= (SELECT last_archived_wal FROM pg_stat_archiver)",
        );
        await lab.lose();

        await lab.start(lab.name(), { archive, time: "" });
        const recovered = await lab.sql("SELECT extract(epoch FROM max(at)), max(id), count(*) FROM writes");
        const [lastAt, lastId] = last.split("|").map(Number) as [number, number];
        const [at, id, count] = recovered.split("|").map(Number) as [number, number, number];
        const lost = lastAt - at;
        console.log(
            `      lost: ${lost.toFixed(1)} s, ${lastId - id} of ${lastId} writes (archiveTimeoutSeconds ${archiveTimeout})`,
        );
        assert.ok(id >= Number(archived), `write ${archived} was archived, ${id} is the last that is back`);
        assert.ok(lost <= archiveTimeout + 20, `${lost} s are lost`);
        assert.equal(count, id, "a write in the middle is missing");
    });

    it("a moment between two writes: exactly the earlier one is there", async () => {
        await lab.remove();
        await lab.start(lab.name(), { archive, time: between });
        assert.equal(await lab.sql("SELECT string_agg(what, ',') FROM writes"), "earlier");
    });
});
