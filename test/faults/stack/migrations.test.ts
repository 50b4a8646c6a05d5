import assert from "node:assert/strict";
import { kubectl, waitFor } from "../../../sandbox";
import { namespace } from "../../support/cluster";
import { changes, commandIn, Lab, shell } from "../../support/migrations";

const all = changes.length;

/** What `kubectl drain` does to a pod. */
async function evict(name: string): Promise<void> {
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
    await kubectl(["create", "--raw", path, "-f", "-"], JSON.stringify(eviction));
}

/** What a controller notes at a pod before it deletes it for its lost node. */
async function markLost(name: string): Promise<void> {
    const conditions = [{ type: "DisruptionTarget", status: "True", reason: "DeletionByTaintManager" }];
    const patch = ["--subresource=status", "-p", JSON.stringify({ status: { phase: "Failed", conditions } })];
    await kubectl(["-n", namespace, "patch", "pod", name, ...patch]);
}

describe("migrations, on a database of their own", () => {
    let lab: Lab;
    /** The schema after each number of changes. */
    const schemas: string[] = [];

    const migrate = async (id: string, files = lab.current) => {
        const ended = await lab.run(id, files);
        assert.ok(ended.succeeded, `${ended.message}\n${ended.log}`);
        return ended;
    };
    const rollback = (id: string, count: number) => lab.run(id, lab.current, ["rollback-count", String(count)]);
    const made = () =>
        lab.sql("SELECT string_agg(id || ' ' || exectype, ', ' ORDER BY orderexecuted) FROM databasechangelog");
    const isLocked = async () => (await lab.sql("SELECT locked FROM databasechangeloglock")) === "t";
    const slow = (seconds: number) =>
        lab.changelog(all, { slow: `CREATE TABLE halfway (id INT); SELECT pg_sleep(${seconds});` });
    const sleeps = () =>
        waitFor("the slow change to run", 120_000, async () => {
            const running = await lab.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
            return running === "1";
        });
    /** The pod that is at work: one that failed and was followed by another may still be there. */
    const runningPod = async (id: string) =>
        (await lab.pods(id)).find(({ status }) => status.phase === "Running")!.metadata.name;
    const exists = async (table: string) => (await lab.sql(`SELECT to_regclass('${table}')`)) !== "";

    before(async () => {
        lab = await Lab.open("migrations_test");
        await lab.recreate();
    });
    after(() => lab.close());

    it("go from empty to the newest, change by change", async () => {
        schemas.push(await lab.schema());
        for (let count = 1; count <= all; count++) {
            await migrate("step", lab.changelog(count));
            schemas.push(await lab.schema());
        }
        assert.equal(new Set(schemas).size, all + 1, "each change changes the schema");
        assert.equal(await made(), changes.map((file) => `${file.slice(0, 3)} EXECUTED`).join(", "));
    });

    it("go back to each earlier version, and on to the newest from there", async () => {
        for (let count = all - 1; count >= 0; count--) {
            const back = await rollback("back", all - count);
            assert.ok(back.succeeded, back.log);
            assert.equal(await lab.schema(), schemas[count], `back to ${count}`);
            await migrate("on");
            assert.equal(await lab.schema(), schemas[all], `from ${count}`);
        }
    });

    it("leave a database alone that is newer, or up to date", async () => {
        assert.match((await migrate("older", lab.changelog(2))).log, /up to date/);
        assert.match((await migrate("same")).log, /up to date/);
        assert.equal(await lab.schema(), schemas[all]);
    });

    it("refuse to roll back a table that holds rows, and lose none", async () => {
        await lab.sql("INSERT INTO schema_versions (environment) VALUES ('test')");
        const ended = await rollback("rows", all - 2);
        assert.ok(!ended.succeeded);
        assert.match(ended.log, /schema_versions holds rows/);
        assert.equal(await lab.sql("SELECT environment FROM schema_versions"), "test");
        await migrate("on");
        assert.equal(await lab.schema(), schemas[all]);
    });

    it("take over tables that the app made itself, with their rows", async () => {
        await lab.recreate();
        const [apiKeys, auditLogs, schemaVersions] = changes.map(
            (file) => lab.current[file]!.match(/^CREATE TABLE [^;]*;/m)?.[0],
        );
        await lab.sql(
            `SET ROLE justdb; ${apiKeys} ${auditLogs} ${schemaVersions} INSERT INTO api_keys (key, name, permissions) VALUES ('k', 'n', 'p')`,
        );
        await migrate("taken");
        assert.match(await made(), /^001 MARK_RAN, 002 MARK_RAN, 003 MARK_RAN, 004 EXECUTED, 005 EXECUTED/);
        assert.equal(await lab.sql("SELECT key FROM api_keys"), "k");
        assert.equal(await lab.schema(), schemas[all]);
    });

    for (let round = 1; round <= 3; round++) {
        it(`take turns when two start at once on an empty database, round ${round}`, async () => {
            await lab.recreate();
            await Promise.all([lab.start("one", lab.current), lab.start("two", lab.current)]);
            const ended = [await lab.end("one"), await lab.end("two")];
            assert.ok(
                ended.every((e) => e.succeeded),
                JSON.stringify(ended, undefined, 1),
            );
            assert.equal(await lab.sql("SELECT count(*) FROM databasechangelog"), String(all));
            assert.equal(await lab.schema(), schemas[all]);
        });
    }

    it("finish the change that they are at when their node is drained", async () => {
        await lab.start("drained", slow(8));
        await sleeps();
        await evict(await runningPod("drained"));
        assert.ok((await lab.end("drained")).succeeded, "its successor finds nothing to do");
        assert.ok(await exists("halfway"));
        assert.ok(!(await isLocked()));
    });

    it("lost with their node halfway, leave no half of a change, say who left the lock, and go on once it is freed", async () => {
        await lab.recreate();
        await lab.start("killed", slow(20));
        await sleeps();
        const pod = await runningPod("killed");
        await markLost(pod);
        await kubectl(["-n", namespace, "delete", "pod", pod, "--force", "--grace-period=0"]);
        const ended = await lab.end("killed");
        assert.ok(!ended.succeeded);
        assert.match(ended.message, new RegExp(`left behind by ${pod}, which took it on .* is not connected`));
        assert.ok(!(await exists("halfway")) && (await exists("schema_versions")) && (await isLocked()));

        await shell(commandIn(ended.message));
        assert.ok(!(await isLocked()));
        await migrate("on", slow(0));
        assert.ok(await exists("halfway"));
    });

    it("end at once, with the database's words, when a change fails, and keep the changes before it", async () => {
        await lab.recreate();
        const failing = lab.changelog(all, {
            good: "CREATE TABLE good (id INT);",
            bad: "CREATE TABLE bad (id INT); SELECT 1/0;",
        });
        const ended = await lab.run("failing", failing);
        assert.ok(!ended.succeeded);
        assert.match(ended.message, /A change failed and was rolled back\.[^]*division by zero/);
        assert.ok((await exists("good")) && !(await exists("bad")) && !(await isLocked()));
    });

    it("refuse a change that was edited after it was made", async () => {
        await lab.recreate();
        await migrate("first");
        const [first] = changes as [string];
        const edited = lab.current[first]!.replace("VARCHAR(100)", "VARCHAR(200)");
        const ended = await lab.run("edited", { ...lab.changelog(all, { more: "SELECT 1;" }), [first]: edited });
        assert.ok(!ended.succeeded);
        assert.match(ended.message, /001-api-keys\.sql::001::justdb was: .* but is now/);
    });
});
