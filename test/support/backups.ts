// What the tests of backup and restore ask of the stack: its buckets, its tables as checksums, and Jobs that end as they should.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import * as path from "node:path";
import {
    DeleteBucketCommand,
    DeleteObjectCommand,
    GetObjectCommand,
    ListObjectsV2Command,
    ListObjectVersionsCommand,
    PutObjectCommand,
    S3Client,
    type _Object,
} from "@aws-sdk/client-s3";
import { jobEnds, jobLog, kubectl, moto, repoDir, run, secretValue, startJob, waitFor } from "../../sandbox";
import { clientSettings } from "./aws";
import { exec, get, namespace, primary, sql } from "./cluster";

export const s3 = new S3Client(clientSettings());

interface Variable {
    name: string;
    value: string;
}

/** The value of a variable of the backup's pod. */
export async function variable(name: string): Promise<string> {
    const spec = (await get("cronjob", "justdb-backup")).spec as {
        jobTemplate: { spec: { template: { spec: { containers: [{ env: Variable[] }] } } } };
    };
    const [pod] = spec.jobTemplate.spec.template.spec.containers;
    return pod.env.find((one) => one.name === name)!.value;
}

export interface Ended {
    complete: boolean;
    log: string;
    /** The last line that the Job wrote, when it is a result. */
    result: Record<string, string | number | null>;
}

/** Runs a Job to its end, whatever that is. */
export async function ended(cronJob: string, variables: Record<string, string> = {}, from = namespace): Promise<Ended> {
    const name = await startJob(cronJob, variables, from);
    const complete = await jobEnds(name, from);
    const log = await jobLog(name, from);
    const last = log.trimEnd().split("\n").at(-1) ?? "";
    const result = last.startsWith("{") ? (JSON.parse(last) as Ended["result"]) : {};
    return { complete, log, result };
}

/** Waits until a Job's pod has written something. */
export function says(job: string, text: string): Promise<void> {
    return waitFor(`"${text}" of Job ${job}`, 60_000, async () => {
        return (await kubectl(["-n", namespace, "logs", `job/${job}`])).includes(text);
    });
}

/** Keeps what the clock would start, in the midst of a suite's own backups and drills, from starting; takes the suite's away at its end. */
export function withoutSchedules(): void {
    const suspend = async (suspended: boolean) => {
        const patch = JSON.stringify({ spec: { suspend: suspended } });
        await kubectl(["-n", namespace, "patch", "cronjob", "justdb-backup", "justdb-drill", "-p", patch]);
    };
    before(() => suspend(true));
    after(async () => {
        // Some have failed on purpose, and would be in the way of whoever looks for pods that are not well.
        await kubectl([
            "-n",
            namespace,
            "delete",
            "jobs",
            "-l",
            "app in (justdb-backup, justdb-restore, justdb-drill)",
        ]);
        await suspend(false);
    });
}

/** The ids of the backups that count, the oldest first. */
export async function listed(from = namespace): Promise<string[]> {
    const { log } = await ended("justdb-restore", { OPERATION: "list" }, from);
    return [...log.matchAll(/^(\d{8}T\d{6}Z-[0-9a-f]{6}) /gm)].map((match) => match[1]!).sort();
}

/** Runs one SQL statement in the database that belongs to nobody, as the administrator. */
export async function administer(statement: string): Promise<string> {
    const line = `psql -qtAX -v ON_ERROR_STOP=1 -d postgres -c ${JSON.stringify(statement).replaceAll("$", "\\$")}`;
    return (await exec(await primary(), line, namespace, "postgres")).trim();
}

/** Drops what restores have kept. */
export async function dropKept(): Promise<void> {
    const kept = await administer("SELECT datname FROM pg_database WHERE datname ~ '^justdb_(before|restore)_'");
    for (const name of kept.split("\n").filter(Boolean)) await administer(`DROP DATABASE ${name} WITH (FORCE)`);
}

/** One checksum over all rows of a table. */
export const tableChecksum = (table: string) =>
    sql(`SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM ${table} t`);

/** The tables of the app. */
export const tables = ["api_keys", "audit_logs", "schema_versions"];

/** One checksum over all rows of each of the app's tables, apart from the name of the bucket of schemas. */
export async function checksumsWithout(bucket: string, from = namespace): Promise<string[]> {
    const sums = [];
    for (const table of tables) {
        const row = `replace(t::text, 's3://${bucket}/', 's3://bucket/')`;
        sums.push(await sql(`SELECT md5(coalesce(string_agg(${row}, '|' ORDER BY id), '')) FROM ${table} t`, from));
    }
    return sums;
}

/** A checksum of each row of a table, by id. */
export async function rowChecksums(table: string): Promise<Map<string, string>> {
    const rows = await sql(`SELECT id || ' ' || md5(t::text) FROM ${table} t`);
    return new Map(
        rows
            .split("\n")
            .filter(Boolean)
            .map((row) => row.split(" ") as [string, string]),
    );
}

async function objectsOf(Bucket: string, client = s3): Promise<_Object[]> {
    const objects: _Object[] = [];
    let ContinuationToken: string | undefined;
    do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
        objects.push(...(page.Contents ?? []));
        ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    return objects;
}

export const keysOf = async (Bucket: string, client = s3) => (await objectsOf(Bucket, client)).map(({ Key }) => Key!);

/** ETag and size of each object, by key. The ETag of what was put in one request is its content's MD5. */
export async function listing(Bucket: string): Promise<Record<string, string>> {
    const objects = await objectsOf(Bucket);
    return Object.fromEntries(objects.map(({ Key, ETag, Size }) => [Key!, `${ETag} ${Size}`]));
}

export async function content(Bucket: string, Key: string, VersionId?: string): Promise<Buffer> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return Buffer.from(await Body!.transformToByteArray());
}

export const put = (Bucket: string, Key: string, Body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "application/json" }));

export async function remove(Bucket: string, keys: string[]): Promise<void> {
    await inTurns(keys, (Key) => s3.send(new DeleteObjectCommand({ Bucket, Key })));
}

/** Deletes a bucket with every version in it. */
export async function removeBucket(Bucket: string): Promise<void> {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const old = [...Versions, ...DeleteMarkers];
    if (old.length > 0) {
        await inTurns(old, ({ Key, VersionId }) => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId })));
        return removeBucket(Bucket);
    }
    await s3.send(new DeleteBucketCommand({ Bucket }));
}

export const empty = async (Bucket: string) => remove(Bucket, await keysOf(Bucket));

/** Does the same with each, so many at a time. */
export async function inTurns<T, R>(items: T[], work: (item: T) => Promise<R>, atOnce = 8): Promise<R[]> {
    const results: R[] = [];
    const left = items.entries();
    const worker = async () => {
        for (const [index, item] of left) results[index] = await work(item);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return results;
}

/** SHA-256 of each object, by key. */
export async function checksums(Bucket: string): Promise<Record<string, string>> {
    const pairs = await inTurns(
        await keysOf(Bucket),
        async (key) => [key, sha256(await content(Bucket, key))] as const,
    );
    return Object.fromEntries(pairs);
}

export const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest("hex");

interface Manifest {
    id: string;
    database: { rows: Record<string, number> };
    files: Record<string, { key: string; version?: string; size: number; sha256: string }>;
}

export async function manifestOf(backups: string, id: string): Promise<Manifest> {
    return JSON.parse((await content(backups, `backups/${id}/manifest.json`)).toString()) as Manifest;
}

/** Fails unless the files of a backup are those that its manifest tells of. */
export async function assertWhole(backups: string, id: string): Promise<void> {
    const { files } = await manifestOf(backups, id);
    assert.deepEqual(Object.keys(files).sort(), ["database", "index", "objects"]);
    for (const { key, version, size, sha256: told } of Object.values(files)) {
        const data = await content(backups, key, version);
        assert.deepEqual([data.length, sha256(data)], [size, told], key);
    }
}

const sealing = `
import json, sys
sys.path.insert(0, sys.argv[1])
import sealed
print(json.dumps(sealed.seal(json.load(sys.stdin))))`;

export const truncated = (data: Buffer) => data.subarray(0, data.length - 50);

export function flipped(data: Buffer): Buffer {
    const copy = Buffer.from(data);
    copy[Math.floor(copy.length / 2)]! ^= 1;
    return copy;
}

/** The key that the stack seals its backups with. */
export const sealKeyOf = (from = namespace) => secretValue(from, "justdb-backup-seal", "seal-key");

/**
 * Makes a copy of a backup under the id of a newer one, with one file altered, or its manifest, which is whole; sealed with the stack's own
 * key, or with one that a thief has made up. Returns the id.
 */
export async function forge(
    backups: string,
    id: string,
    file: string,
    alter: (data: Buffer) => Buffer,
    claim: (manifest: Manifest) => void = () => undefined,
    sealKey?: string,
): Promise<string> {
    const forged = await manifestOf(backups, id);
    forged.id = `${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}-${randomBytes(3).toString("hex")}`;
    for (const [name, entry] of Object.entries(forged.files)) {
        const data = await content(backups, entry.key);
        entry.key = entry.key.replace(id, forged.id);
        entry.version = (await put(backups, entry.key, name === file ? alter(data) : data)).VersionId;
    }
    claim(forged);
    const python = moto.program("python");
    const sealed = await run(python, ["-B", "-c", sealing, path.join(repoDir, "components/backup/scripts/lib")], {
        input: JSON.stringify(forged),
        env: { SEAL_KEY: sealKey ?? (await sealKeyOf()) },
    });
    await put(backups, `backups/${forged.id}/manifest.json`, sealed);
    return forged.id;
}

/**
 * A backup as somebody plants it who has the access key of backups alone: the newest, whole, with good checksums. With the stack's own key it
 * is sealed as well. Returns its id.
 */
export async function plant(
    backups: string,
    id: string,
    alter: (dump: Buffer) => Buffer,
    sealKey = "x".repeat(64),
): Promise<string> {
    let planted: Buffer;
    const altered = (dump: Buffer) => (planted = alter(dump));
    const claim = ({ files }: Manifest) => (files.database!.sha256 = sha256(planted));
    return forge(backups, id, "database", altered, claim, sealKey);
}

/** A comment that a dump holds, to be made a trap. */
export const bait = "A".repeat(200);

/** Only the shell that runs the trap says so: it adds the numbers. */
export const sprung = "sprung 42";

/** In the place of the bait, SQL of the same length that leaves the owner's role and runs a program where the server is. */
export function trap(dump: Buffer): Buffer {
    const text = dump.toString("latin1");
    const comment = new RegExp(`COMMENT ON TABLE [^;]*'${bait}';`).exec(text)![0];
    const sql = "RESET ROLE; COPY (SELECT 1) TO PROGRAM 'echo sprung $((40 + 2)) > /proc/1/fd/1';";
    return Buffer.from(
        text.replace(comment, () => sql.padEnd(comment.length)),
        "latin1",
    );
}

/** Takes a backup from the list. */
export async function hide(backups: string, id: string): Promise<void> {
    await remove(backups, [`backups/${id}/manifest.json`]);
}
