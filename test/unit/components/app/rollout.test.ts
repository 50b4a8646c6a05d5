import assert from "node:assert/strict";
import fc from "fast-check";
import { minReadySeconds, mostPods, terminationSeconds } from "../../../../components/app/rollout";

/** Counts the pods of a rolling update, second by second: each new pod that is ready lets an old one end. */
function count(pods: number, delay: number): number {
    const ready = Array.from({ length: pods }, (_, index) => (index + 1) * (delay + minReadySeconds));
    let most = 0;
    for (let second = 0; second <= ready.at(-1)! + terminationSeconds; second++) {
        const started = Math.min(pods, Math.floor(second / (delay + minReadySeconds)) + 1);
        const gone = ready.filter((end) => end + terminationSeconds <= second).length;
        most = Math.max(most, pods + started - gone);
    }
    return most;
}

describe("rollout", () => {
    it("counts every pod that can exist at once", () => {
        assert.equal(mostPods({ appMaxReplicas: 10, appReadinessDelaySeconds: 30 }), 13);
        assert.equal(mostPods({ appMaxReplicas: 3, appReadinessDelaySeconds: 0 }), 7);
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 120 }), (pods, delay) => {
                const most = mostPods({ appMaxReplicas: pods, appReadinessDelaySeconds: delay });
                assert.ok(most >= count(pods, delay), `${most} are too few`);
            }),
        );
    });
});
