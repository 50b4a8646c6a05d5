import assert from "node:assert/strict";
import { archived } from "../../support/archive";
import { removeBucket } from "../../support/backups";
import { Kept, runningPods } from "../../support/kept";
import { smallest, TestStack } from "../../support/test-stack";

const precious = new TestStack("precious", "justdb-precious", {
    ...smallest,
    environment: "prod",
    protect: "true",
    appMaxReplicas: "2",
    postgresInstances: "1",
});

describe("a stack of prod destroyed by mistake", () => {
    let kept: Kept;

    before(async () => {
        const { outputs } = await precious.up();
        kept = await Kept.of(precious.namespace, outputs);
    });

    after(async () => {
        await precious.removeKept();
        for (const bucket of kept.buckets) await removeBucket(bucket);
    });

    it("is refused, and nothing is touched", async () => {
        const pods = await runningPods(precious.namespace);
        assert.notDeepEqual(pods, []);
        await assert.rejects(precious.destroyByHand(), /protect/);
        await kept.assertThere();
        assert.deepEqual(await runningPods(precious.namespace), pods);
    });

    it("keeps its buckets and volumes even when somebody has taken the protection off", async () => {
        await precious.destroyUnprotected();
        await kept.assertThere();
        // Its key, its rights and its ObjectStore are there still.
        await archived(precious.namespace);
    });
});
