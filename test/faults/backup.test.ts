import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import {
    DeleteUserPolicyCommand,
    GetUserPolicyCommand,
    IAMClient,
    ListUserPoliciesCommand,
    ListUsersCommand,
    PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { jobEnds, kubectl, startJob, waitFor } from "../../sandbox";
import { authorized, call, serves, serviceUrl, shop, type Applied } from "../support/app";
import { clientSettings } from "../support/aws";
import * as b from "../support/backups";
import { get, namespace, podsReady, primary, sql } from "../support/cluster";
import { streamWhile } from "../support/stream";

const tables = ["api_keys", "audit_logs", "schema_versions"];
const rows = 100_000;
const objects = 1000;
/** What is left of the objects for the tests that need no more. */
const fewer = 200;

let schemas: string;
let backups: string;

/** What is live: a checksum of each table, and the listing of the bucket. */
async function live(): Promise<unknown> {
    const checksums = [];
    for (const table of tables) checksums.push(await b.tableChecksum(table));
    return { checksums, objects: await b.listing(schemas) };
}

async function fill(): Promise<void> {
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

/** Takes most of the objects away, with their rows. */
async function shrink(): Promise<void> {
    const number = "substring(schema_url from '/load/s([0-9]+)/')::int";
    await sql(`DELETE FROM schema_versions WHERE ${number} >= ${fewer}`);
    const keys = (await b.keysOf(schemas)).filter((key) => Number(/\/load\/s(\d+)\//.exec(key)?.[1]) >= fewer);
    assert.equal(keys.length, objects - fewer);
    await b.remove(schemas, keys);
}

async function backUp(): Promise<string> {
    const made = await b.ended("justdb-backup");
    assert.ok(made.complete, made.log);
    return made.result.backup as string;
}

async function restore(from: string): Promise<b.Ended["result"]> {
    const restored = await b.ended("justdb-restore", { FROM: from });
    assert.ok(restored.complete, restored.log);
    return restored.result;
}

/** Moments in milliseconds, one in each of equal parts of the time that something takes. */
async function momentsOf(count: number, whole: () => Promise<unknown>): Promise<number[]> {
    const started = performance.now();
    await whole();
    const part = (performance.now() - started) / count;
    return Array.from({ length: count }, (_, i) => (i + Math.random()) * part);
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

/** Starts a Job, kills its pod after a while and takes the Job away. Returns whether the Job had succeeded before. */
async function killed(cronJob: string, milliseconds: number, variables: Record<string, string> = {}): Promise<boolean> {
    const name = await startJob(cronJob, variables);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await kubectl(["-n", namespace, "delete", "pod", "-l", `job-name=${name}`, "--grace-period=0", "--force"]);
    const job = await get("job", name);
    await kubectl(["-n", namespace, "delete", "job", name, "--cascade=foreground"]);
    return job.status.succeeded === 1;
}

/** Restores that must fail, each with its message, and change nothing that is live. */
async function refuses(cases: [variables: Record<string, string>, message: RegExp][]): Promise<void> {
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

describe("backup and restore", () => {
    b.withoutSchedules();

    before(async () => {
        schemas = await b.variable("SCHEMAS_BUCKET");
        backups = await b.variable("BACKUPS_BUCKET");
        await fill();
    });

    afterEach(() => b.dropKept());

    it("brings back every row and object of the snapshot, byte for byte, after all is lost", async () => {
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
        for (const table of tables) written.set(table, await b.rowChecksums(table));
        const objectsBefore = await b.checksums(schemas);

        await b.administer("DROP DATABASE justdb WITH (FORCE)");
        await b.empty(schemas);
        const started = Date.now();
        const restored = await restore("latest");
        assert.equal(restored.restored, id);
        console.log(
            `      restored in ${(Date.now() - started) / 1000} s, ${restored.seconds as number} s of them in the pod`,
        );

        for (const table of tables) {
            const back = await b.rowChecksums(table);
            assert.equal(back.size, manifest.database.rows[`public.${table}`], table);
            for (const [row, checksum] of back) assert.equal(checksum, written.get(table)!.get(row), `${table} ${row}`);
        }
        const rowsBack = await b.rowChecksums("schema_versions");
        for (const row of acknowledged)
            assert.ok(rowsBack.has(row), `row ${row} was acknowledged before the backup began`);
        const objectsAfter = await b.checksums(schemas);
        for (const [key, checksum] of Object.entries(objectsAfter)) assert.equal(checksum, objectsBefore[key], key);
        const told = await sql(
            "SELECT schema_url || ' ' || checksum FROM schema_versions WHERE schema_url IS NOT NULL",
        );
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
        await shrink();
    });

    it("lists nothing of a backup whose pod was killed", async () => {
        const moments = await momentsOf(20, () => Promise.all([backUp(), backUp()]));
        const before = await b.listed();
        let finished = 0;
        const turns = moments.values();
        const kill = async () => {
            for (const moment of turns) if (await killed("justdb-backup", moment)) finished++;
        };
        await Promise.all([kill(), kill()]);
        const after = await b.listed();
        const added = after.filter((id) => !before.includes(id));
        assert.equal(after.length, before.length + added.length);
        // One whose manifest was written counts, even if its pod was killed before it had ended.
        assert.ok(added.length >= finished, `${added.length} are listed, ${finished} had ended`);
        for (const id of added) await b.assertWhole(backups, id);
        console.log(
            `      ${moments.length} pods killed in the first ${seconds(moments.at(-1)!)} s, ${finished} of them after ` +
                `their backup had ended, ${added.length} backups listed`,
        );
        await restore("latest");
        // Ten times as long as two backups take, at most.
    }).timeout(1_200_000);

    it("leaves the live database whole when the restore's pod is killed, and the next restore works", async () => {
        const before = await live();
        const moments = await momentsOf(5, () => restore("latest"));
        for (const moment of moments) await killed("justdb-restore", moment, { FROM: "latest" });
        console.log(`      ${moments.length} pods killed in the first ${seconds(moments.at(-1)!)} s`);
        const [key] = (await b.keysOf(schemas)) as [string];
        const { VersionId } = await b.put(schemas, key, "another content");
        const restored = await b.ended("justdb-restore", { FROM: "latest" });
        assert.ok(restored.complete, restored.log);
        assert.ok(
            restored.log.includes(`replacing version ${VersionId} of ${key}\n`),
            "the way back of what it wrote over",
        );
        assert.deepEqual(await live(), before);
    });

    it("refuses what it cannot know to be good", async () => {
        await refuses([
            [{ FROM: "" }, /FROM is not set/],
            [{ FROM: "yesterday" }, /it must be latest, an id/],
            [{ FROM: "2001-01-01T00:00:00Z" }, /no backup in bucket .* is as old as/],
            [{ FROM: "20010101T000000Z-abcdef" }, /no finished backup 20010101T000000Z-abcdef/],
            [{ FROM: "latest", BACKUPS_BUCKET: schemas }, /no finished backup|cannot be listed/],
        ]);
        // By itself, as this one takes the lock of restores.
        await refuses([[{ FROM: "latest", VOLUME_BYTES: "1048576" }, /raise postgresStorageSize/]]);
    });

    it("refuses a backup with a truncated or altered file", async () => {
        const id = await backUp();
        const forged = [];
        for (const alter of [b.truncated, b.flipped]) {
            for (const file of ["database", "objects", "index"]) forged.push(await b.forge(backups, id, file, alter));
        }
        await refuses(forged.map((damaged) => [{ FROM: damaged }, /the backup is damaged/]));
        for (const damaged of forged) await b.hide(backups, damaged);
        await restore(id);
    });

    it("lets no backup's key change or delete a backup that is there", async () => {
        const id = await backUp();
        const secret = JSON.parse(await kubectl(["-n", namespace, "get", "secret", "justdb-backup", "-o", "json"])) as {
            data: Record<string, string>;
        };
        const value = (key: string) => Buffer.from(secret.data[key]!, "base64").toString();
        const thief = new S3Client(
            clientSettings({
                accessKeyId: value("aws-access-key-id"),
                secretAccessKey: value("aws-secret-access-key"),
            }),
        );
        const manifest = { Bucket: backups, Key: `backups/${id}/manifest.json` };
        await assert.rejects(thief.send(new DeleteObjectCommand(manifest)), /denied/i);
        await assert.rejects(thief.send(new GetObjectCommand(manifest)), /denied/i);
        await thief.send(new PutObjectCommand({ ...manifest, Body: "{}" }));
        await restore(id);
    });

    it("fails, and lists nothing, when S3 refuses in the middle", async () => {
        const before = await b.listed();
        const iam = new IAMClient(clientSettings());
        const { Users } = await iam.send(new ListUsersCommand({}));
        const UserName = Users!.find((user) => /-backup-user-/.test(user.UserName!))!.UserName!;
        const PolicyName = (await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames![0]!;
        const { PolicyDocument } = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
        const name = await startJob("justdb-backup", {}, namespace, { backoffLimit: 0 });
        try {
            await b.says(name, "snapshot of");
            await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
            assert.equal(await jobEnds(name), false);
        } finally {
            const policy = decodeURIComponent(PolicyDocument!);
            await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: policy }));
        }
        assert.deepEqual(await b.listed(), before);
    });

    it("restores twice to the same, and only one of two at once", async () => {
        const id = await backUp();
        const before = await live();
        for (let i = 0; i < 2; i++) {
            await restore(id);
            assert.deepEqual(await live(), before);
        }
        const both = await Promise.all([0, 1].map(() => b.ended("justdb-restore", { FROM: id })));
        assert.ok(both.some(({ complete }) => complete));
        for (const { complete, log } of both) assert.ok(complete || /another restore is running/.test(log), log);
        assert.deepEqual(await live(), before);
    });

    it("is whole after PostgreSQL restarts during a backup or a restore", async () => {
        const id = await backUp();
        const before = await live();
        for (const [cronJob, variables, midst] of [
            ["justdb-backup", {}, "snapshot of"],
            ["justdb-restore", { FROM: id }, "restoring into"],
        ] as const) {
            const name = await startJob(cronJob, variables);
            await b.says(name, midst);
            await kubectl(["-n", namespace, "delete", "pod", await primary(), "--grace-period=1"]);
            await jobEnds(name);
            await podsReady("cnpg.io/cluster=justdb-db", 1);
            await podsReady("app=justdb-cloud", 2);
            await serves();
            assert.deepEqual(await live(), before, cronJob);
        }
    });
});
