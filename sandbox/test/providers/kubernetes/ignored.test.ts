import assert from "node:assert/strict";
import { keepIgnored } from "../../../providers/kubernetes/ignored";

const inputs = { spec: { replicas: 2, paused: false, containers: [{ image: "a:1" }] } };

function live(manager: string) {
    return {
        metadata: { managedFields: [{ manager, fieldsV1: { "f:spec": { "f:replicas": {} } } }] },
        spec: { replicas: 5, containers: [{ image: "a:2" }] },
    };
}

describe("sandbox/providers/kubernetes/ignored", () => {
    it("leaves out what somebody else owns", () => {
        const kept = keepIgnored(inputs, live("kube-controller-manager"), ["spec.replicas"], "ours");
        assert.deepEqual(kept, { spec: { paused: false, containers: [{ image: "a:1" }] } });
    });

    it("applies what is ours as it is now", () => {
        const kept = keepIgnored(inputs, live("ours"), ["spec.replicas", "spec.containers[0].image"], "ours");
        assert.deepEqual(kept, { spec: { replicas: 5, paused: false, containers: [{ image: "a:2" }] } });
    });

    it("applies what is ours too as it is now: left out, it would lose an owner that it may need", () => {
        const [others] = live("an earlier name of ours").metadata.managedFields;
        const both = { ...live("ours"), metadata: { managedFields: [others, ...live("ours").metadata.managedFields] } };
        const kept = keepIgnored(inputs, both, ["spec.replicas"], "ours");
        assert.equal((kept.spec as { replicas?: number }).replicas, 5);
    });

    it("touches nothing else", () => {
        assert.deepEqual(keepIgnored(inputs, live("x"), ["spec.paused", "spec.absent"], "ours"), inputs);
    });
});
