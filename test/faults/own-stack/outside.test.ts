import assert from "node:assert/strict";
import { apply, served } from "../../support/app";
import * as b from "../../support/backups";
import { Store } from "../../support/object-store";
import { Outside } from "../../support/outside";
import { forget, smallest, TestStack } from "../../support/test-stack";

const versions = ["1.0.0", "1.1.0"];
const named = "outside";

/** Each is verified by an authority of its own; nothing that holds data is in the namespace, and nothing in AWS. */
describe("a stack with PostgreSQL, Redis and an S3-compatible store outside of it", () => {
    const environment = `outside-${Date.now()}`;
    const servers = new Outside("lab-all-outside");
    const store = new Store();
    const { schemas } = store.buckets(named);
    let stack: TestStack;

    before(async () => {
        await store.open();
        await store.makeBuckets(named);
        await servers.open();
        stack = new TestStack(named, "justdb-outside", {
            ...smallest,
            ...servers.settings,
            ...store.settings(named),
        });
        Object.assign(stack.secrets, servers.secrets);
        await store.giveKey(stack.namespace);
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await servers.close();
        await store.close();
    });

    for (const [server, said] of [
        ["storage", /FAILED: the certificate of the S3 API is not signed by an authority that is known here/],
        ["postgres", /the certificate of the database was not accepted, and nothing was sent/i],
        ["redis", /the certificate of Redis, .*, was not accepted, and nothing was sent/],
    ] as const) {
        it(`is stopped by an authority that did not sign the certificate: ${server}`, async () => {
            const key = `${server}CaCertificates`;
            await assert.rejects(stack.up({ [key]: servers.otherCa }), said);
        });
    }

    it("comes up, and serves", async () => {
        await stack.up();
        for (const version of versions) assert.equal((await apply(environment, version, stack.namespace)).status, 200);
        assert.equal((await store.keysOf(schemas, "schemas/")).length, versions.length);
        assert.equal(await servers.sql("SELECT count(*) FROM schema_versions"), String(versions.length));
        assert.notEqual(await servers.redis("DBSIZE"), "0");
    });

    it("is backed up and restored", async () => {
        const answers = await served(environment, versions, schemas, stack.namespace);
        const made = await b.ended("justdb-backup", {}, stack.namespace);
        assert.ok(made.complete, made.log);
        await servers.sql("DELETE FROM schema_versions");
        const restored = await b.ended("justdb-restore", { FROM: "latest" }, stack.namespace);
        assert.ok(restored.complete, restored.log);
        await servers.redis("FLUSHALL");
        assert.deepEqual(await served(environment, versions, schemas, stack.namespace), answers);
    });
});
