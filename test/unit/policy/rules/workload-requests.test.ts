import assert from "node:assert/strict";
import { workloadRequests } from "../../../../policy/rules/workload-requests";
import { breaks } from "../../../support/policy/breaks/workload-requests";
import { judged, type Props, unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(workloadRequests, breaks);

describe("workload-requests", () => {
    const withResources = (resources: unknown, ofPod?: unknown, patch = false) => {
        const pod = podResource("Pod");
        const spec = pod.props.spec as Props;
        (spec.containers as Props[])[0]!.resources = resources;
        spec.resources = ofPod;
        return judged(workloadRequests, { ...pod, type: patch ? `${pod.type}Patch` : pod.type });
    };

    it("takes a limit for the request, as Kubernetes does", () => {
        assert.deepEqual(withResources({ limits: { cpu: "1", memory: "1Gi" } }).violations, []);
    });

    it("takes what the pod has for all its containers", () => {
        assert.deepEqual(withResources(undefined, { requests: { cpu: 1, memory: "1Gi" } }).violations, []);
        assert.deepEqual(withResources(undefined, { limits: { cpu: 1, memory: "1Gi" } }).violations, []);
    });

    it("judges CPU and memory each by itself", () => {
        const { violations, unjudged } = withResources({ requests: { cpu: unknown } });
        assert.deepEqual(unjudged, ["spec.containers[app].resources.requests.cpu"]);
        assert.match(violations.join(), /^spec\.containers\[app\]\.resources\.requests\.memory: is missing/);
    });

    it("asks none of an ephemeral container, which cannot have any", () => {
        const pod = podResource("Pod");
        (pod.props.spec as Props).ephemeralContainers = [{ name: "debug" }];
        assert.deepEqual(judged(workloadRequests, pod).violations, []);
    });

    it("misses nothing in a patch", () => {
        assert.deepEqual(withResources({}, undefined, true).violations, []);
    });
});
