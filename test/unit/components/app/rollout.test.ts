import assert from "node:assert/strict";
import fc from "fast-check";
import type { Way } from "../../../../components/edge/way";
import { minReadySeconds, mostPods, rolloutSeconds, terminationSeconds } from "../../../../components/app/rollout";

type Scale = Parameters<typeof mostPods>[0];

/** Counts the pods of a rolling update, second by second: each new pod that is ready lets an old one end. */
function count(scale: Scale): number {
    const pods = scale.appMaxReplicas;
    const next = scale.appReadinessDelaySeconds + minReadySeconds(scale);
    const ready = Array.from({ length: pods }, (_, index) => (index + 1) * next);
    let most = 0;
    for (let second = 0; second <= ready.at(-1)! + terminationSeconds(scale); second++) {
        const started = Math.min(pods, Math.floor(second / next) + 1);
        const gone = ready.filter((end) => end + terminationSeconds(scale) <= second).length;
        most = Math.max(most, pods + started - gone);
    }
    return most;
}

describe("rollout", () => {
    const way: Way = {
        edge: "none",
        loadBalancerController: "aws-load-balancer-controller",
        ingressController: "other",
        edgeCidrs: [],
    };
    const inCluster = { ...way, drainSeconds: 10 };
    const balanced: Way & { drainSeconds: number } = { ...way, edge: "loadBalancer", drainSeconds: 30 };

    it("counts every pod that can exist at once", () => {
        assert.equal(mostPods({ ...inCluster, appMaxReplicas: 10, appReadinessDelaySeconds: 30 }), 13);
        assert.equal(mostPods({ ...inCluster, appMaxReplicas: 3, appReadinessDelaySeconds: 0 }), 7);
        assert.equal(mostPods({ ...balanced, appMaxReplicas: 10, appReadinessDelaySeconds: 0 }), 14);
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 30 }),
                fc.integer({ min: 0, max: 120 }),
                fc.constantFrom("none" as const, "loadBalancer" as const),
                fc.integer({ min: 1, max: 300 }),
                (appMaxReplicas, appReadinessDelaySeconds, edge, drainSeconds) => {
                    const scale = { ...way, appMaxReplicas, appReadinessDelaySeconds, edge, drainSeconds };
                    assert.ok(mostPods(scale) >= count(scale), `${mostPods(scale)} are too few`);
                },
            ),
        );
    });

    it("gives each pod the time until a load balancer has seen it", () => {
        const scale = { appMaxReplicas: 10, appReadinessDelaySeconds: 30 };
        const longer = rolloutSeconds({ ...scale, ...balanced }) - rolloutSeconds({ ...scale, ...inCluster });
        assert.equal(longer, 10 * (30 - 5));
    });
});
