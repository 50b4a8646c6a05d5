import assert from "node:assert/strict";
import { workloadBarePods } from "../../../../policy/rules/workload-bare-pods";
import { breaks } from "../../../support/policy/breaks/workload-bare-pods";
import { judged } from "../../../support/policy/judge";
import { podKinds, podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(workloadBarePods, breaks);

describe("workload-bare-pods", () => {
    it("leaves alone what a controller makes its pods from", () => {
        for (const kind of Object.keys(podKinds).filter((kind) => kind !== "Pod")) {
            assert.deepEqual(judged(workloadBarePods, podResource(kind)).violations, [], kind);
        }
    });

    it("judges each pod of a list", () => {
        const list = { type: "kubernetes:core/v1:PodList", props: { items: [podResource("Pod").props] } };
        assert.match(judged(workloadBarePods, list).violations.join(), /^items\[0\]\.metadata\.ownerReferences: /);
    });
});
