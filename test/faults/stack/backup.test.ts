import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { jobEnds, kubectl, startJob } from "../../../sandbox";
import { apply, call, serves } from "../../support/app";
import { clientSettings } from "../../support/aws";
import * as b from "../../support/backups";
import { get, namespace, podsReady, primary, sql } from "../../support/cluster";
import { userOfSecret, withdraw } from "../../support/iam";
import { shell } from "../../support/migrations";
import {
    backUp,
    bucketOfBackups,
    bucketOfSchemas,
    fill,
    live,
    losesAllAndRestores,
    refuses,
    restore,
    shrink,
    unload,
} from "../../support/total-loss";

const load = { rows: 100_000, objects: 1000 };
/** What is left of the objects for the tests that need no more. */
const fewer = 200;

let schemas: string;
let backups: string;

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

describe("backup and restore of much, through kills and damage", () => {
    b.withoutSchedules();

    before(async () => {
        schemas = await bucketOfSchemas();
        backups = await bucketOfBackups();
        await fill(load);
    });

    after(unload);

    afterEach(() => b.dropKept());

    it("brings back every row and object of the snapshot, byte for byte, after all is lost", async () => {
        await losesAllAndRestores(load);
        assert.equal(await shrink(fewer), load.objects - fewer);
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

    it("takes no backup that was planted, unless it is named, and then runs no program that its dump names", async () => {
        await sql(`COMMENT ON TABLE audit_logs IS '${b.bait}'`);
        const id = await backUp();
        const planted = await b.plant(backups, id, b.trap);
        try {
            for (const from of ["latest", new Date(Date.now() + 60_000).toISOString()]) {
                assert.equal((await restore(from)).restored, id);
            }
            await refuses([[{ FROM: planted }, /COPY to or from an external program/]]);
        } finally {
            await b.hide(backups, planted);
            await sql("COMMENT ON TABLE audit_logs IS NULL");
        }
    });

    it("fails, and lists nothing, when S3 refuses in the middle", async () => {
        const before = await b.listed();
        const user = await userOfSecret(namespace, "justdb-backup");
        let giveBack: (() => Promise<unknown>) | undefined;
        const name = await startJob("justdb-backup", {}, namespace, { backoffLimit: 0 });
        try {
            await b.says(name, "snapshot of");
            giveBack = await withdraw(user);
            assert.equal(await jobEnds(name), false);
        } finally {
            await giveBack?.();
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

    it("gives a command after which the app has forgotten what is no longer in the database", async () => {
        const id = await backUp();
        const version = String(Date.now());
        assert.equal((await apply("caches", version)).status, 200);
        const status = async () => (await call("GET", `/api/v1/schemas/caches/shop/${version}`)).status;
        assert.equal(await status(), 200);
        const { caches } = await restore(id);
        assert.equal(await status(), 200, "from a cache");
        await shell(String(caches));
        await kubectl(["-n", namespace, "rollout", "status", "deployment/justdb-cloud", "--timeout=180s"]);
        assert.equal(await status(), 404);
    });
});
