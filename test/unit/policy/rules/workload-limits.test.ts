import assert from "node:assert/strict";
import { workloadLimits } from "../../../../policy/rules/workload-limits";
import { breaks } from "../../../support/policy/breaks/workload-limits";
import type { Config } from "../../../../policy/lib/rule";
import { judged, type Props } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(workloadLimits, breaks);

describe("workload-limits", () => {
    const withLimits = (limits: unknown, ofPod?: unknown, config?: Config) => {
        const pod = podResource("Pod");
        const spec = pod.props.spec as Props;
        (spec.containers as Props[])[0]!.resources = { limits };
        spec.resources = { limits: ofPod };
        return judged(workloadLimits, pod, config).violations;
    };

    it("takes what the pod has for all its containers", () => {
        assert.deepEqual(withLimits(undefined, { cpu: 2, memory: "1Gi" }), []);
    });

    it("can do without a limit of CPU", () => {
        assert.equal(withLimits({ memory: "1Gi" }).length, 1);
        assert.deepEqual(withLimits({ memory: "1Gi" }, undefined, { resources: ["memory"] }), []);
        assert.equal(withLimits({ cpu: "1" }, undefined, { resources: ["memory"] }).length, 1);
    });

    it("asks nothing of an ephemeral container, which can have none", () => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).ephemeralContainers = [{ name: "debug" }];
        assert.deepEqual(judged(workloadLimits, pod).violations, []);
    });
});
