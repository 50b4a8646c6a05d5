import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { awsEndpoint } from "../../../sandbox";
import * as b from "../../support/backups";
import { exec } from "../../support/cluster";
import { failed, FaultsLab, succeeded } from "../../support/faults-lab";
import { FaultyS3 } from "../../support/faulty-s3";

const lab = new FaultsLab();
const s3 = new FaultyS3();

const isUpload = ({ method, url = "" }: IncomingMessage) => method === "PUT" && url.includes("partNumber=");
const isDownload = ({ method, url = "" }: IncomingMessage) => method === "GET" && url.includes("database.dump");

/** A checksum of each table, and the names of the databases. */
async function live(): Promise<string> {
    const table = (name: string) => lab.sql(`SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM ${name} t`);
    return [await table("facts"), await databases()].join(" ");
}

const databases = () => lab.sql("SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database");

async function listed(): Promise<string[]> {
    const { output } = await lab.run("list", awsEndpoint);
    return [...output.matchAll(/^(\d{8}T\d{6}Z-[0-9a-f]{6}) /gm)].map((match) => match[1]!);
}

const backUp = () => lab.run("backup", s3.url);
const restore = (more: Record<string, string> = {}) => lab.run("restore", s3.url, { FROM: "latest", ...more });

async function dropKept(): Promise<void> {
    const kept = (await databases()).split(",").filter((name) => name.startsWith("justdb_"));
    for (const name of kept) await lab.sql(`DROP DATABASE ${name} WITH (FORCE)`, "postgres");
}

describe("faults beneath backups and restores", () => {
    before(async () => {
        await s3.start();
        await lab.open("256Mi");
        await lab.sql(
            "CREATE TABLE facts (id int PRIMARY KEY, fact text); ALTER TABLE facts OWNER TO justdb;" +
                " INSERT INTO facts SELECT i, md5(i::text) || md5((i + 1)::text) FROM generate_series(1, 50000) i",
        );
        await b.put(lab.schemas, "schemas/shop/1.json", "{}");
        succeeded(await backUp());
    });

    beforeEach(() => s3.become(() => "none"));

    afterEach(() => dropKept());

    after(async () => {
        s3.stop();
        await lab.close();
        await lab.removeBuckets();
    });

    it("S3 cuts off an upload once, and is busy once: the backup counts", async () => {
        let cuts = 0;
        let refusals = 0;
        s3.become((request) => {
            if (isUpload(request) && cuts++ === 0) return "cut request";
            return request.method === "POST" && refusals++ === 0 ? "busy" : "none";
        });
        const before = await listed();
        succeeded(await backUp());
        assert.equal(s3.met["cut request"], 1);
        assert.equal(s3.met.busy, 1);
        assert.equal((await listed()).length, before.length + 1);
    });

    for (const fault of ["cut request", "busy"] as const) {
        it(`S3 answers each upload with "${fault}": the backup fails and is not listed`, async () => {
            const before = await listed();
            s3.become((request) => (isUpload(request) ? fault : "none"));
            failed(await backUp(), /the S3 API refuses or cannot be reached/);
            assert.deepEqual(await listed(), before);
        });
    }

    it("S3 cuts off downloads in the middle: the restore goes on where they ended", async () => {
        const before = await live();
        let cuts = 0;
        s3.become((request) => (isDownload(request) && cuts++ % 2 === 0 ? "cut answer" : "none"));
        succeeded(await restore());
        assert.ok(s3.met["cut answer"]! >= 2, JSON.stringify(s3.met));
        await dropKept();
        assert.equal(await live(), before);
    });

    it("S3 cuts off every download: the restore fails, and what is live is whole", async () => {
        const before = await live();
        s3.become((request) => (isDownload(request) ? "no content" : "none"));
        failed(await restore(), /the S3 API refuses or cannot be reached/);
        assert.equal(await live(), before);
    });

    it("S3 stops in the middle of an upload, and the pod's /tmp is full: the upload is given up and made again", async () => {
        await exec("operations", "head -c 64M /dev/zero > /tmp/full || true; ! echo x > /tmp/more", lab.namespace);
        try {
            let silences = 0;
            s3.become((request) => (isUpload(request) && silences++ === 0 ? "silence" : "none"));
            succeeded(await backUp());
            assert.equal(s3.met.silence, 1);
            succeeded(await restore());
        } finally {
            await exec("operations", "rm -f /tmp/full", lab.namespace);
        }
    });

    it("the connection to PostgreSQL is lost at the switch: nothing is switched, and it is said", async () => {
        const before = await live();
        // A connection that the restore may not end keeps its switch waiting.
        const holder = lab.sql("SELECT pg_sleep(120)").catch(() => undefined);
        const end =
            "PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ '^ALTER DATABASE'; EXIT WHEN FOUND";
        const again = "PERFORM pg_sleep(0.1); PERFORM pg_stat_clear_snapshot()";
        const ending = lab.sql(
            `DO 'BEGIN FOR i IN 1..1200 LOOP ${`${end}; ${again}`.replaceAll("'", "''")}; END LOOP; END'`,
            "postgres",
        );
        try {
            failed(await restore(), /the connection was lost during the switch, which happened wholly or not at all/);
            assert.doesNotMatch(await databases(), /justdb_restore_/, "the half is left");
        } finally {
            const held = "FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(120)'";
            await lab.sql(`SELECT pg_terminate_backend(pid) ${held}`, "postgres");
            await holder;
        }
        await ending;
        await dropKept();
        assert.equal(await live(), before);
        succeeded(await restore());
    });

    it("PostgreSQL's disk is full in the middle of a restore: it fails, and what is live is whole", async () => {
        const before = await live();
        // Beside what is live there is room for a part of what comes. PostgreSQL may stop over it, and start again once there is more.
        await lab.fillDisk(12);
        try {
            failed(await restore(), /No space left on device|server closed the connection|Check free disk space/);
        } finally {
            await lab.fillDisk();
        }
        await lab.answers();
        succeeded(await restore());
        await dropKept();
        assert.equal(await live(), before);
    });

    it("a restore that would fill the disk is refused before it begins", async () => {
        const before = await live();
        failed(
            await restore({ VOLUME_BYTES: String(100 * 2 ** 20) }),
            /nothing was changed: .* raise postgresStorageSize/,
        );
        assert.equal(await live(), before);
    });
});
