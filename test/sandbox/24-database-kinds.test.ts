import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { waitFor } from "../../sandbox/lib/progress";
import * as b from "../support/backups";
import { FaultsLab, succeeded } from "../support/faults-lab";
import { type Fault, FaultyS3 } from "../support/faulty-s3";

const lab = new FaultsLab("kinds");
const s3 = new FaultyS3();
const rows = 1000;

const backUp = () => lab.run("backup", s3.url);
const restore = (more: Record<string, string> = {}) => lab.run("restore", s3.url, { FROM: "latest", ...more });
const facts = () => lab.sql("SELECT count(*) FROM facts").then(Number);

const isDump = ({ method, url = "" }: IncomingMessage) => method === "PUT" && url.includes("database.dump");

/** The database of a test, and no other one beside it. */
async function fresh(options = ""): Promise<void> {
    const all = await lab.sql("SELECT datname FROM pg_database WHERE datname LIKE 'justdb%'", "postgres");
    for (const name of all.split("\n")) await lab.sql(`DROP DATABASE ${name} WITH (FORCE)`, "postgres");
    await lab.sql(`CREATE DATABASE justdb OWNER justdb TEMPLATE template0 ${options}`, "postgres");
    await lab.sql(`CREATE TABLE facts AS SELECT i AS id, i::text AS fact FROM generate_series(1, ${rows}) i`);
    await lab.sql("ALTER TABLE facts OWNER TO justdb");
}

describe("databases of every kind, backed up and restored", () => {
    before(async () => {
        await s3.start();
        await lab.open("256Mi");
        await b.put(lab.schemas, "schemas/shop/1.json", "{}");
    });

    beforeEach(async () => {
        s3.become(() => "none");
        await fresh();
    });

    after(async () => {
        s3.stop();
        await lab.close();
        await lab.removeBuckets();
    });

    it("a table is emptied during the dump: that waits for its end, and the backup can be restored", async () => {
        let truncated: Promise<unknown> | undefined;
        s3.become(async (request): Promise<Fault> => {
            if (isDump(request) && !truncated) {
                truncated = lab.sql("TRUNCATE facts");
                await Promise.race([truncated, pause(2000)]);
            }
            return "none";
        });
        succeeded(await backUp());
        await truncated;
        assert.equal(await facts(), 0);
        succeeded(await restore());
        assert.equal(await facts(), rows);
    });

    it("a table is being rewritten when the backup begins: the backup has its rows", async () => {
        const rewriting = lab.sql("ALTER TABLE facts ALTER fact TYPE char(40); SELECT pg_sleep(4)");
        const locks = "SELECT count(*) FROM pg_locks WHERE relation = 'facts'::regclass AND mode ~ 'AccessExclusive'";
        await waitFor("the rewriting to begin", 10_000, async () => (await lab.sql(locks)) === "1");
        succeeded(await backUp());
        await rewriting;
        succeeded(await restore());
        assert.equal(await facts(), rows);
    });
});
