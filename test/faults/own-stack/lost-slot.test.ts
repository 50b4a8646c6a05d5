import assert from "node:assert/strict";
import { kubectl, waitFor } from "../../../sandbox";
import { fence, get, list, podsReady, primary, sql } from "../../support/cluster";
import { forget, smallest, TestStack } from "../../support/test-stack";

const namespace = "justdb-slot";
const stack = new TestStack("slot", namespace, {
    ...smallest,
    postgresInstances: "3",
    // A quarter of it is kept for a standby.
    postgresStorageSize: "512Mi",
    archiveTimeoutSeconds: "30",
});
const here = (...args: string[]) => kubectl(["-n", namespace, ...args]);
const query = (statement: string) => sql(statement, namespace);

const instances = () => list("pods", namespace, "cnpg.io/podRole=instance");

async function standbys(): Promise<string[]> {
    const lead = await primary(namespace);
    return (await instances()).map(({ metadata }) => metadata.name).filter((name) => name !== lead);
}

const slotOf = (standby: string) => `_cnpg_${standby.replaceAll("-", "_")}`;

const stateOf = (standby: string) =>
    query(`SELECT state FROM pg_stat_replication WHERE application_name = '${standby}'`);

const streams = (standby: string) =>
    waitFor(`${standby} to stream`, 240_000, async () => {
        const state = await stateOf(standby);
        return state === "streaming" || state || "it does not";
    });

/** Keeps it away until more is written than is kept for it. */
async function losesItsPlace(standby: string): Promise<void> {
    await fence([standby], namespace);
    await waitFor(`${standby} to be away`, 60_000, async () => (await stateOf(standby)) === "");
    for (let i = 0; i < 4; i++) {
        await query("SELECT pg_logical_emit_message(false, 'test', repeat('x', 60000000)); SELECT pg_switch_wal()");
    }
    await waitFor("its place to be lost", 120_000, async () => {
        await query("CHECKPOINT");
        const status = `SELECT wal_status FROM pg_replication_slots WHERE slot_name = '${slotOf(standby)}'`;
        return (await query(status)) === "lost" || (await query(status));
    });
    await fence([], namespace);
}

/** In this order: it is one database, that has an archive first and none then. docs/operations.md says what to do. */
describe("a standby that was away for longer than the write-ahead log is kept for it", function () {
    this.timeout(1_200_000);

    before(async () => {
        await stack.up({ postgresArchive: "true" });
        await query("CREATE TABLE facts (fact text)");
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
    });

    // Up to PostgreSQL 17. From 18 on its old place must be taken away first.
    it("takes from the archive what it has missed, and streams again", async () => {
        const standby = (await standbys())[0]!;
        await losesItsPlace(standby);
        await query("INSERT INTO facts VALUES ('by the archive'); SELECT pg_switch_wal()");
        await streams(standby);
        const line = ["exec", standby, "-c", "postgres", "--", "psql", "-qtAX", "-d", "justdb", "-c"];
        await waitFor("the standby to have what was written meanwhile", 60_000, async () =>
            (await here(...line, "SELECT fact FROM facts").catch(String)).includes("by the archive"),
        );
    });

    it("without an archive cannot follow, and is cloned anew when its claim and its pod are deleted", async () => {
        await stack.up({ postgresArchive: "false", archiveTimeoutSeconds: "300" });
        const standby = (await standbys())[0]!;
        await losesItsPlace(standby);
        await waitFor("the standby to say what it misses", 120_000, async () =>
            (await here("logs", standby, "-c", "postgres", "--tail=200")).includes("has already been removed"),
        );
        const { uid } = (await get("pod", standby, namespace)).metadata;
        await here("delete", `pvc/${standby}`, `pod/${standby}`, "--wait=false");
        await waitFor("another one to be there", 300_000, async () => {
            const pods = await instances();
            return pods.length === 3 && pods.every(({ metadata }) => metadata.uid !== uid);
        });
        await podsReady("cnpg.io/podRole=instance", 3, namespace);
        for (const name of await standbys()) await streams(name);
        assert.equal(await query("SELECT fact FROM facts"), "by the archive");
    });
});
