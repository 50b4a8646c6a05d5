import assert from "node:assert/strict";
import { details, losses, mustStay, summary } from "../support/recorded-plan";
import { planOn, recordedStates, resourcesOf } from "../support/recorded-state";
import { unionChanges } from "../support/union-changes";

describe("today's program, on a stack as an earlier version left it", () => {
    for (const { version, name, read } of recordedStates()) {
        it(`${version} ${name}: replaces and deletes nothing that holds data or a key`, async () => {
            const state = read();
            assert.ok(resourcesOf(state).filter(mustStay).length > 10, "the state holds hardly anything");
            const steps = await planOn(name, state);
            const lost = losses(state, steps);
            assert.deepEqual(lost, [], ["the plan:", ...details(steps), "lost:", ...lost].join("\n"));
            assert.deepEqual(unionChanges(steps), [], "Kubernetes would refuse the update");
            console.log([`      the rest of the plan:`, ...summary(steps)].join("\n        "));
        });
    }
});
