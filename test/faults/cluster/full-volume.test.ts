import assert from "node:assert/strict";
import { apply, kubectl, waitFor } from "../../../sandbox";
import { apply as applySchema, served } from "../../support/app";
import { exec, get, podsReady, sql } from "../../support/cluster";
import { growingStorageClass, SmallVolume } from "../../support/small-volume";
import { forget, smallest, TestStack, unarchived } from "../../support/test-stack";

const namespace = "justdb-full";
const storageClass = "justdb-grows";
const stack = new TestStack("full", namespace, {
    ...smallest,
    ...unarchived,
    postgresStorageClass: storageClass,
});
const size = (postgresStorageSize: string) => ({ postgresStorageSize });
const instance = "justdb-db-1";
const volume = new SmallVolume("full-volume", { namespace, name: instance }, storageClass);

const phase = async () => (await get("clusters.postgresql.cnpg.io", "justdb-db", namespace)).status.phase as string;
const pod = async () => (await podsReady("cnpg.io/cluster=justdb-db", 1, namespace))[0]!;
/** Larger than what is left, where PostgreSQL cannot do without room. */
const writeAheadLog = () => sql("SELECT pg_logical_emit_message(false, 'test', repeat('x', 100000000))", namespace);

/** In this order: it is one volume, and docs/runbooks/full-volume.md is followed. */
describe("a volume of PostgreSQL that is full", function () {
    this.timeout(1_200_000);
    const environment = `full-${Date.now()}`;
    const versions = ["1.0.0", "1.1.0", "1.2.0"];
    let bucket: string;
    let answered: string[];

    const answers = () => served(environment, versions, bucket, namespace);

    before(async () => {
        await apply([growingStorageClass(storageClass)]);
        await volume.make("1Gi");
        const { outputs } = await stack.up(size("1Gi"));
        bucket = outputs.schemasBucket!.value as string;
        for (const version of versions) assert.equal((await applySchema(environment, version, namespace)).status, 200);
        answered = await answers();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await volume.remove();
        await kubectl(["delete", "storageclass", storageClass, "--ignore-not-found"]);
    });

    it("takes no write, and the phase of the Cluster says why", async () => {
        // With nothing left at all it would take no new connection, and so not this one.
        await volume.fill(0.04);
        await assert.rejects(writeAheadLog());
        await waitFor("the phase to tell of the disk", 300_000, async () => {
            const said = await phase();
            return said === "Not enough disk space" || said;
        });
        assert.notEqual((await applySchema(environment, "refused", namespace)).status, 200);
    });

    it("has all that was written once its claim was raised by hand, as the operator looks at no setting then", async () => {
        const request = { spec: { resources: { requests: { storage: "2Gi" } } } };
        const patch = ["patch", `pvc/${instance}`, "--type", "merge", "-p", JSON.stringify(request)];
        await kubectl(["-n", namespace, ...patch]);
        await volume.grow("2Gi");
        await pod();
        await waitFor("the app to serve what it had", 120_000, async () => {
            const now = await answers().catch((error: Error) => [error.message]);
            return JSON.stringify(now) === JSON.stringify(answered) || now.join();
        });
        const { changes } = await stack.up(size("2Gi"));
        assert.deepEqual(
            changes.filter((change) => !/^update |justdb-postgres-settled$/.test(change)),
            [],
        );
        assert.equal((await applySchema(environment, "1.3.0", namespace)).status, 200);
    });

    it("grows by its setting alone while PostgreSQL runs, and nothing restarts", async () => {
        const { metadata } = await pod();
        const size3 = stack.up(size("3Gi"));
        await Promise.all([size3, volume.grow("3Gi")]);
        const after = await pod();
        assert.equal(after.metadata.uid, metadata.uid);
        assert.match(await exec(instance, "df -h --output=size /var/lib/postgresql/data", namespace), /3\.0G/);
        assert.deepEqual(await answers(), answered);
    });
});
