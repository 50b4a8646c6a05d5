import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { waitFor } from "../../../sandbox";
import * as b from "../../support/backups";
import { exec } from "../../support/cluster";
import { failed, FaultsLab, type Outcome, succeeded } from "../../support/faults-lab";
import { type Fault, FaultyS3 } from "../../support/faulty-s3";

const lab = new FaultsLab(
    "kinds",
    "-c wal_level=replica -c archive_mode=on -c archive_command='test ! -e /tmp/archive-is-broken'",
);
const s3 = new FaultyS3();
const rows = 1000;

const backUp = () => lab.run("backup", s3.url);
const restore = (more: Record<string, string> = {}) => lab.run("restore", s3.url, { FROM: "latest", ...more });
const facts = () => lab.sql("SELECT count(*) FROM facts").then(Number);

/** What the last line of a good end says. */
const result = ({ output }: Outcome) =>
    JSON.parse(/^\{.*\}$/m.exec(output)![0]) as Record<string, string | number | null>;

const schema = "{}";
const checksum = b.sha256(schema);
/** In a schema named like the owner, as Liquibase and the app find them; the search path of other roles does not have it. */
const appTables = (owned = "justdb") =>
    lab.sql(
        `CREATE SCHEMA IF NOT EXISTS ${owned} AUTHORIZATION justdb; SET ROLE justdb; SET search_path = ${owned};` +
            " CREATE TABLE databasechangelog (id text, author text, filename text, md5sum text, orderexecuted int);" +
            " INSERT INTO databasechangelog VALUES ('1', 'a', 'f', 'm', 1);" +
            " CREATE TABLE schema_versions (id int, schema_url text, checksum text);" +
            ` INSERT INTO schema_versions VALUES (1, 's3://${lab.schemas}/schemas/shop/1.json', '${checksum}')`,
    );

const isDownload = ({ method, url = "" }: IncomingMessage) => method === "GET" && url.includes("database.dump");
const isSchema = ({ method, url = "" }: IncomingMessage) => method === "PUT" && url.includes("schemas/shop/1.json");
const isDump = ({ method, url = "" }: IncomingMessage) => method === "PUT" && url.includes("database.dump");

/** The database of a test, and no other one beside it. */
async function fresh(options = ""): Promise<void> {
    const all = await lab.sql("SELECT datname FROM pg_database WHERE datname LIKE 'justdb%'", "postgres");
    await Promise.all(all.split("\n").map((name) => lab.sql(`DROP DATABASE ${name} WITH (FORCE)`, "postgres")));
    await lab.sql(`CREATE DATABASE justdb OWNER justdb TEMPLATE template0 ${options}`, "postgres");
    await lab.sql(
        `CREATE TABLE facts AS SELECT i AS id, i::text AS fact FROM generate_series(1, ${rows}) i; ALTER TABLE facts OWNER TO justdb`,
    );
}

describe("databases of every kind, backed up and restored", () => {
    before(async () => {
        await s3.start();
        await lab.open("256Mi");
    });

    beforeEach(async () => {
        s3.become(() => "none");
        await fresh();
        await b.put(lab.schemas, "schemas/shop/1.json", schema);
    });

    after(async () => {
        s3.stop();
        await lab.close();
        await lab.removeBuckets();
    });

    it("a table is rewritten when the backup begins, and emptied during the dump: the backup has its rows", async () => {
        const waited = "EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE NOT granted); PERFORM pg_sleep(0.1)";
        const rewritten = lab.sql(
            "ALTER TABLE facts ALTER fact TYPE char(40);" + ` DO 'BEGIN FOR i IN 1..600 LOOP ${waited}; END LOOP; END'`,
        );
        const locks = "SELECT count(*) FROM pg_locks WHERE relation = 'facts'::regclass AND mode ~ 'AccessExclusive'";
        await waitFor("the rewriting to begin", 10_000, async () => (await lab.sql(locks)) === "1");
        let emptied: Promise<unknown> | undefined;
        s3.become(async (request): Promise<Fault> => {
            if (isDump(request) && !emptied) {
                emptied = lab.sql("TRUNCATE facts");
                await Promise.race([emptied, pause(2000)]);
            }
            return "none";
        });
        succeeded(await backUp());
        await rewritten;
        await emptied;
        assert.equal(await facts(), 0);
        succeeded(await restore());
        assert.equal(await facts(), rows);
    });

    it("tables in a schema of the owner's: a restore says which changes must be made again, also one made meanwhile", async () => {
        await appTables();
        succeeded(await backUp());
        let downloads = 0;
        s3.become(async (request): Promise<Fault> => {
            // The first one is for the check of its bytes, the second one fills the database.
            if (isDownload(request) && ++downloads === 2)
                await lab.sql("INSERT INTO justdb.databasechangelog VALUES ('2', 'a', 'f', 'm', 2)");
            return "none";
        });
        const restored = await restore();
        succeeded(restored);
        assert.match(String(result(restored).migrate), /liquibase.sh/);
        const again = await restore();
        succeeded(again);
        assert.equal(result(again).migrate, null);
    });

    it("tables of one name in two schemas: the rows of both are held against the bucket", async () => {
        await appTables("public");
        await appTables("other");
        await lab.sql("UPDATE other.schema_versions SET checksum = 'other'");
        failed(await backUp(), /complete and counts, but 1 schemas were lost before it/);
        failed(
            await lab.run("schemas", s3.url),
            /"other"."schema_versions" and "public"."schema_versions" are both there/,
        );
    });

    it("told to end after the switch, a restore says that the database is restored", async () => {
        succeeded(await backUp());
        await b.put(lab.schemas, "schemas/shop/1.json", "other");
        const end = "kill $(grep -l restore[.]py /proc/[0-9]*/cmdline | cut -d/ -f3)";
        s3.become(async (request): Promise<Fault> => {
            if (isSchema(request)) await exec("operations", end, lab.namespace);
            return "none";
        });
        failed(
            await restore(),
            /justdb is restored, but the objects that differ .* may not all be put back: it was told/,
        );
    });

    const c = "LC_COLLATE 'C' LC_CTYPE 'C'";
    for (const [kind, options] of Object.entries({
        "sorted by ICU": `${c} ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'`,
        "in LATIN1": `${c} ENCODING 'LATIN1'`,
        "in SQL_ASCII, which means any bytes": `${c} ENCODING 'SQL_ASCII'`,
    }))
        it(`a database ${kind}: it comes back as it was`, async () => {
            await fresh(options);
            await appTables();
            await lab.sql("UPDATE justdb.databasechangelog SET author = chr(228); UPDATE facts SET fact = chr(228)");
            await lab.sql("INSERT INTO facts VALUES (0, 'a'), (0, 'z')");
            const kept =
                "SELECT encode(string_agg(fact::bytea, ',' ORDER BY fact), 'hex'), encoding, datcollate, datctype," +
                " datlocprovider, daticulocale FROM facts, pg_database WHERE datname = 'justdb' GROUP BY pg_database.oid";
            const before = await lab.sql(kept);
            succeeded(await backUp());
            const restored = await restore();
            succeeded(restored);
            assert.equal(result(restored).migrate, null);
            assert.equal(await lab.sql(kept), before);
        });

    it("programs of PostgreSQL 17 and newer restore into an older server: what it does not know is left out", async () => {
        await lab.sql("UPDATE facts SET fact = 'SET transaction_timeout = 0;'");
        succeeded(await backUp());
        // As it begins since 17. Without --file it sends this to the server itself, which refuses it.
        await lab.shell([
            "mkdir -p /tmp/18 && cat > /tmp/18/pg_restore <<'END'",
            "#!/bin/bash",
            'case "$*" in',
            "--version) echo 'pg_restore (PostgreSQL) 18.1';;",
            "*--file=-*) PATH=${PATH#*:} pg_restore \"$@\" | sed '0,/^SET client_encoding/s//SET transaction_timeout = 0;\\n&/';;",
            "*) exit 1;;",
            "esac",
            "END",
            "chmod +x /tmp/18/pg_restore",
        ]);
        const path = (await lab.shell(["echo $PATH"])).trim();
        succeeded(await restore({ PATH: `/tmp/18:${path}` }));
        assert.equal(await facts(), rows);
        assert.equal(await lab.sql("SELECT count(*) FROM facts WHERE fact <> 'SET transaction_timeout = 0;'"), "0");
    });

    it("the write-ahead log is not being archived: a restore is refused, for the volume would be filled", async () => {
        const volume = { VOLUME_BYTES: String(2 ** 30) };
        const archived = async (column: string) =>
            await lab.sql(
                "INSERT INTO facts VALUES (0, 'x'); SELECT pg_switch_wal();" +
                    ` SELECT ${column} IS NOT NULL AND ${column} = greatest(last_failed_time, last_archived_time) FROM pg_stat_archiver`,
            );
        const is = (column: string) => waitFor(column, 90_000, async () => (await archived(column)).endsWith("t"));
        succeeded(await backUp());
        await exec("postgres", "touch /tmp/archive-is-broken", lab.namespace, "postgres");
        await is("last_failed_time");
        failed(await restore(volume), /nothing was changed: the write-ahead log is not being archived/);
        await exec("postgres", "rm /tmp/archive-is-broken", lab.namespace, "postgres");
        await is("last_archived_time");
        succeeded(await restore(volume));
        failed(await restore({ VOLUME_BYTES: String(90 * 2 ** 20) }), /that databases and the write-ahead log use/);
    });
});
