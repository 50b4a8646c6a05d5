import assert from "node:assert/strict";
import { sandboxStack, withStack } from "../../sandbox";
import { apply, served } from "../support/app";
import * as b from "../support/backups";
import { sql } from "../support/cluster";
import { Kept, runningPods } from "../support/kept";
import { TestStack } from "../support/test-stack";

const schemas = ["1.0.0", "1.1.0"];
const second = new TestStack("from-backup", "justdb-from-backup", {
    environment: "dev",
    protect: "true",
    appReplicas: "1",
    appMaxReplicas: "1",
    postgresInstances: "1",
});
const { namespace } = second;

/** Longer ways with a stack that was lost: test/faults/restore-from.test.ts and destroy.test.ts. */
describe("a second stack, made from a backup of the first, and protected", () => {
    b.withoutSchedules();

    const environment = `second-${Date.now()}`;
    const first = { answers: [] as string[], checksums: [] as string[] };
    let restoreFrom: string;
    let bucket: string;
    let kept: Kept;
    const servedNow = () => served(environment, schemas, bucket, namespace);

    before(async () => {
        const outputs = await withStack(sandboxStack, (stack) => stack.outputs());
        const firstBucket = outputs.schemasBucket!.value as string;
        for (const version of schemas) assert.equal((await apply(environment, version)).status, 200);
        first.answers = await served(environment, schemas, firstBucket);
        first.checksums = await b.checksumsWithout(firstBucket);
        const made = await b.ended("justdb-backup");
        assert.ok(made.complete, made.log);
        restoreFrom = `s3://${outputs.backupsBucket!.value as string}/latest`;

        const up = await second.up({ restoreFrom });
        kept = await Kept.of(namespace, up.outputs);
        bucket = up.outputs.schemasBucket!.value as string;
        assert.notEqual(bucket, firstBucket);
    });

    after(async () => {
        await second.destroyUnprotected();
        await second.removeKept();
        for (const own of kept.buckets) await b.removeBucket(own);
    });

    it("serves the same schemas", async () => {
        assert.deepEqual(await servedNow(), first.answers);
        assert.deepEqual(await b.checksumsWithout(bucket, namespace), first.checksums);
    });

    it("is not restored again by an update, and refuses another backup once it holds something", async () => {
        assert.deepEqual((await second.up({ restoreFrom })).changes, []);
        const rows = await sql("SELECT count(*) FROM schema_versions", namespace);
        const other = restoreFrom.replace("latest", new Date().toISOString());
        await assert.rejects(
            second.up({ restoreFrom: other }),
            new RegExp(`database justdb holds something \\(.*schema_versions: ${rows} rows`),
        );
        assert.deepEqual(await servedNow(), first.answers);
    });

    it("is not destroyed, and nothing of it is touched", async () => {
        const pods = await runningPods(namespace);
        assert.notDeepEqual(pods, []);
        await assert.rejects(second.destroyByHand(), /protect/);
        await kept.assertThere();
        assert.deepEqual(await runningPods(namespace), pods);
    });
});
