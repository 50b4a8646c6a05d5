import assert from "node:assert/strict";
import { type BareCluster, startBareCluster } from "../support/bare-cluster";
import { details, losses, mustStay, summary } from "../support/recorded-plan";
import { planOn, recordedStates, resourcesOf } from "../support/recorded-state";
import { assertUpdatesTaken, takeDefinitions } from "../support/taken-updates";

describe("today's program, on a stack as an earlier version left it", () => {
    let cluster: BareCluster;
    before(async () => {
        cluster = await startBareCluster();
        await takeDefinitions(cluster);
    });
    after(() => cluster.stop());

    for (const { version, name, read } of recordedStates()) {
        it(`${version} ${name}: nothing that holds data or a key is replaced or deleted, and Kubernetes takes the updates`, async () => {
            const state = read();
            assert.ok(resourcesOf(state).filter(mustStay).length > 10, "the state holds hardly anything");
            const steps = await planOn(name, state);
            const lost = losses(state, steps);
            assert.deepEqual(lost, [], ["the plan:", ...details(steps), "lost:", ...lost].join("\n"));
            console.log([`      the rest of the plan:`, ...summary(steps)].join("\n        "));
            await assertUpdatesTaken(cluster, steps);
        });
    }
});
