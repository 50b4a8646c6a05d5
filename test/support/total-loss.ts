// Backups and restores of what the stack itself holds, with a load of rows and schemas in it.
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { waitFor } from "../../sandbox";
import { authorized, call, serves, serviceUrl, shop, type Applied } from "./app";
import * as b from "./backups";
import { podsReady, sql } from "./cluster";
import { streamWhile } from "./stream";

export const bucketOfSchemas = () => b.variable("SCHEMAS_BUCKET");
export const bucketOfBackups = () => b.variable("BACKUPS_BUCKET");

/** What is live: a checksum of each table, and the listing of the bucket. */
export async function live(): Promise<unknown> {
    const checksums = [];
    for (const table of b.tables) checksums.push(await b.tableChecksum(table));
    return { checksums, objects: await b.listing(await bucketOfSchemas()) };
}

export async function backUp(): Promise<string> {
    const made = await b.ended("justdb-backup");
    assert.ok(made.complete, made.log);
    return made.result.backup as string;
}

export async function restore(from: string): Promise<b.Ended["result"]> {
    const restored = await b.ended("justdb-restore", { FROM: from });
    assert.ok(restored.complete, restored.log);
    return restored.result;
}

/** Restores that must fail, each with its message, and change nothing that is live. */
export async function refuses(cases: [variables: Record<string, string>, message: RegExp][]): Promise<void> {
    const before = await live();
    const refuse = async ([variables, message]: (typeof cases)[number]) => {
        const { complete, log } = await b.ended("justdb-restore", variables);
        assert.equal(complete, false, log);
        assert.match(log, message);
    };
    // The CronJob keeps three that failed.
    await b.inTurns(cases, refuse, 3);
    assert.deepEqual(await live(), before);
}

export interface Load {
    rows: number;
    objects: number;
}

export async function fill({ rows, objects }: Load): Promise<void> {
    const schemas = await bucketOfSchemas();
    await sql(
        `INSERT INTO audit_logs (operation, schema_url, status) SELECT 'load', md5(i::text), 'ok' FROM generate_series(1, ${rows}) i`,
    );
    const made = await b.inTurns([...Array(objects).keys()], async (index) => {
        const key = `schemas/load/s${index}/1.json`;
        const body = JSON.stringify({ tables: [{ name: `t${index}` }] });
        await b.put(schemas, key, body);
        return `('load', 's3://${schemas}/${key}', '1', '${b.sha256(body)}')`;
    });
    // A program's argument may have no more than 128 KiB.
    for (let from = 0; from < made.length; from += 200) {
        const values = made.slice(from, from + 200).join(", ");
        await sql(`INSERT INTO schema_versions (environment, schema_url, version, checksum) VALUES ${values}`);
    }
}

/** Takes the objects of the load from a number on away, with their rows. Returns how many. */
export async function shrink(from: number): Promise<number> {
    const number = "substring(schema_url from '/load/s([0-9]+)/')::int";
    await sql(`DELETE FROM schema_versions WHERE ${number} >= ${from}`);
    const bucket = await bucketOfSchemas();
    const keys = (await b.keysOf(bucket)).filter((key) => Number(/\/load\/s(\d+)\//.exec(key)?.[1]) >= from);
    await b.remove(bucket, keys);
    return keys.length;
}

/** Takes all of the load away. */
export async function unload(): Promise<void> {
    await shrink(0);
    await sql("DELETE FROM audit_logs WHERE operation = 'load'");
}

/** Backs up under writes, loses the database and every schema, restores, and compares every row and object. */
export async function losesAllAndRestores({ rows }: Load): Promise<void> {
    const [schemas, backups] = [await bucketOfSchemas(), await bucketOfBackups()];
    const url = `${await serviceUrl()}/api/v1/schemas/apply`;
    const headers = await authorized();
    const run = Date.now();
    const write = (index: number) => ({
        method: "POST",
        url,
        headers,
        body: JSON.stringify({ environment: "backup", name: "shop", version: `${run}-${index}`, schema: shop }),
    });
    let id = "";
    let began = 0;
    const outcomes = await streamWhile(write, async (soFar) => {
        const counted = () => soFar.filter(({ status }) => status === 200).length;
        await waitFor("5 writes", 30_000, () => Promise.resolve(counted() >= 5));
        began = performance.now();
        id = await backUp();
    });
    const acknowledged = outcomes
        .filter((outcome) => outcome.status === 200 && outcome.at < began)
        .map((outcome) => String((JSON.parse(outcome.body) as Applied).id));
    assert.ok(acknowledged.length >= 5);

    const manifest = await b.manifestOf(backups, id);
    assert.ok(manifest.database.rows["public.audit_logs"]! >= rows);
    const written = new Map<string, Map<string, string>>();
    for (const table of b.tables) written.set(table, await b.rowChecksums(table));
    const objectsBefore = await b.checksums(schemas);

    await b.administer("DROP DATABASE justdb WITH (FORCE)");
    await b.empty(schemas);
    const started = Date.now();
    const restored = await restore("latest");
    assert.equal(restored.restored, id);
    console.log(
        `      restored in ${(Date.now() - started) / 1000} s, ${restored.seconds as number} s of them in the pod`,
    );

    for (const table of b.tables) {
        const back = await b.rowChecksums(table);
        assert.equal(back.size, manifest.database.rows[`public.${table}`], table);
        for (const [row, checksum] of back) assert.equal(checksum, written.get(table)!.get(row), `${table} ${row}`);
    }
    const rowsBack = await b.rowChecksums("schema_versions");
    for (const row of acknowledged) assert.ok(rowsBack.has(row), `row ${row} was acknowledged before the backup began`);
    const objectsAfter = await b.checksums(schemas);
    for (const [key, checksum] of Object.entries(objectsAfter)) assert.equal(checksum, objectsBefore[key], key);
    const told = await sql("SELECT schema_url || ' ' || checksum FROM schema_versions WHERE schema_url IS NOT NULL");
    for (const line of told.split("\n")) {
        const [address, checksum] = line.split(" ") as [string, string];
        assert.equal(objectsAfter[address.slice(`s3://${schemas}/`.length)], checksum, address);
    }
    await podsReady("app=justdb-cloud", 2);
    await serves();
    const again = await call("POST", "/api/v1/schemas/apply", {
        environment: "backup",
        name: "shop",
        version: `${run}-after`,
        schema: shop,
    });
    assert.equal(again.status, 200, "the app serves by itself");
}
