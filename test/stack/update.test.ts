import assert from "node:assert/strict";
import { aSchema, back, image, next, running, takeBackLastChange, up, upFails } from "../support/app-update";
import { podsReady, sql } from "../support/cluster";
import { chosenByAutoscaler, replicas, scale } from "../support/replicas";
import { streamWhile } from "../support/stream";

const tag = (reference: string) => reference.split(":").at(-1);

/** In this order: it is one update. More of migrations: test/faults/stack/migrations.test.ts and locked-migrations.test.ts. */
describe("an update of the stack to another version of the app, with a change of the database", () => {
    let isBack = false;
    const change = () => sql("SELECT to_regclass('audit_logs_api_key_id')");

    before(async () => {
        await takeBackLastChange();
        assert.equal(await change(), "");
    });

    after(async () => {
        if (!isBack) await back();
    });

    it("stops with the database's words when the change fails, and leaves the old app serving", async () => {
        // Where the index is to be, there is something else.
        await sql("CREATE TABLE audit_logs_api_key_id (id INT)");
        try {
            await upFails(/A change failed and was rolled back\.[^]*"audit_logs_api_key_id" already exists/);
        } finally {
            await sql("DROP TABLE audit_logs_api_key_id");
        }
    });

    it("makes the change, and then brings the new app, in as many pods as the autoscaler has chosen", async () => {
        const chosen = await chosenByAutoscaler(3);
        await up();
        await podsReady("app=justdb-cloud", 3);
        assert.equal(await running(), next);
        assert.equal(await change(), "audit_logs_api_key_id");
        assert.deepEqual(await replicas(), chosen);
        await scale(2);
        await podsReady("app=justdb-cloud", 2);
    });

    it("lets the app be rolled to another image without a dropped request", async () => {
        const schema = await aSchema();
        const outcomes = await streamWhile(() => schema, back, 2);
        isBack = true;
        const failed = outcomes.filter((outcome) => outcome.status !== 200);
        console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
        assert.deepEqual(
            failed.map((outcome) => outcome.error ?? outcome.status),
            [],
        );
        assert.ok(outcomes.length > 200, `only ${outcomes.length} requests were sent`);
        const seen = new Set(outcomes.map((outcome) => outcome.headers["x-app-version"]));
        assert.deepEqual([...seen], [tag(next), tag(image)], "both versions answered, the old one first");
    });
});
