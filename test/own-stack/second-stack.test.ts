import assert from "node:assert/strict";
import { apply, served } from "../support/app";
import * as b from "../support/backups";
import { sql } from "../support/cluster";
import { Kept, runningPods } from "../support/kept";
import { forget, TestStack } from "../support/test-stack";

const schemas = ["1.0.0", "1.1.0"];
const settings = { environment: "dev", appReplicas: "1", appMaxReplicas: "1", postgresInstances: "1" };
const first = new TestStack("backed-up", "justdb-backed-up", {
    ...settings,
    postgresArchive: "false",
    // It is the archive's.
    archiveTimeoutSeconds: "300",
});
const second = new TestStack("from-backup", "justdb-from-backup", { ...settings, protect: "true" });
const { namespace } = second;

/** Longer ways with a stack that was lost: test/faults/own-stack/restore-from.test.ts and destroy.test.ts. */
describe("a second stack, made from a backup of another, and protected", () => {
    const environment = `second-${Date.now()}`;
    const inFirst = { answers: [] as string[], checksums: [] as string[] };
    let restoreFrom: string;
    let bucket: string;
    let kept: Kept;
    const servedNow = () => served(environment, schemas, bucket, namespace);

    before(async () => {
        const { outputs } = await first.up();
        const firstBucket = outputs.schemasBucket!.value as string;
        for (const version of schemas) {
            assert.equal((await apply(environment, version, first.namespace)).status, 200);
        }
        inFirst.answers = await served(environment, schemas, firstBucket, first.namespace);
        inFirst.checksums = await b.checksumsWithout(firstBucket, first.namespace);
        const made = await b.ended("justdb-backup", {}, first.namespace);
        assert.ok(made.complete, made.log);
        restoreFrom = `s3://${outputs.backupsBucket!.value as string}/latest`;

        // As on the day of a disaster, when nobody has kept the key.
        await assert.rejects(
            second.up({ restoreFrom }),
            /no backup in bucket .* has the seal of this stack's key, .* name it: \d{8}T\d{6}Z/,
        );
        second.secrets.restoreFromSealKey = await b.sealKeyOf(first.namespace);
        const up = await second.up({ restoreFrom });
        kept = await Kept.of(namespace, up.outputs);
        bucket = up.outputs.schemasBucket!.value as string;
        assert.notEqual(bucket, firstBucket);
    });

    after(async () => {
        await second.destroyUnprotected();
        await second.removeKept();
        for (const own of kept.buckets) await b.removeBucket(own);
        await first.destroy();
        await forget(first.name);
    });

    it("serves the same schemas", async () => {
        assert.deepEqual(await servedNow(), inFirst.answers);
        assert.deepEqual(await b.checksumsWithout(bucket, namespace), inFirst.checksums);
    });

    it("is not restored again by an update, and refuses another backup once it holds something", async () => {
        assert.deepEqual((await second.up({ restoreFrom })).changes, []);
        const rows = await sql("SELECT count(*) FROM schema_versions", namespace);
        const other = restoreFrom.replace("latest", new Date().toISOString());
        await assert.rejects(
            second.up({ restoreFrom: other }),
            new RegExp(`database justdb holds something \\(.*schema_versions: ${rows} rows`),
        );
        assert.deepEqual(await servedNow(), inFirst.answers);
    });

    it("is not moved to another namespace, and nothing of it is touched", async () => {
        const pods = await runningPods(namespace);
        // The update of the Automation API has no preview, which else would refuse.
        await assert.rejects(second.up({ restoreFrom, namespace: "justdb-moved" }), /protect/);
        await kept.assertThere();
        assert.deepEqual(await runningPods(namespace), pods);
    });

    it("is not destroyed, and nothing of it is touched", async () => {
        const pods = await runningPods(namespace);
        assert.notDeepEqual(pods, []);
        await assert.rejects(second.destroyByHand(), /protect/);
        await kept.assertThere();
        assert.deepEqual(await runningPods(namespace), pods);
    });
});
