import assert from "node:assert/strict";
import { withoutNoise } from "../../support/state-noise";

describe("the noise of an exported stack", () => {
    const urn = "urn";
    const metadata = { name: "app", labels: { app: "app" } };
    const ofTheMoment = { uid: "1", resourceVersion: "2", generation: 3, creationTimestamp: "today" };
    const cleaned = (resource: object) => withoutNoise({ resources: [{ urn, type: "", ...resource }] }).resources[0];

    it("is what only the moment made of an object: its inputs stay, and the address of a load balancer", () => {
        const type = "kubernetes:core/v1:Service";
        const inputs = { metadata: { ...metadata, ...ofTheMoment } };
        const loadBalancer = { ingress: [{ hostname: "one" }] };
        const outputs = {
            metadata: inputs.metadata,
            spec: { type: "LoadBalancer" },
            status: { loadBalancer, conditions: [] },
        };
        assert.deepEqual(cleaned({ type, inputs, outputs, created: "then", modified: "now" }), {
            urn,
            type,
            inputs,
            outputs: { metadata, spec: outputs.spec, status: { loadBalancer } },
        });
    });

    it("is what a ConfigMap holds, where it stands a second time", () => {
        const type = "kubernetes:core/v1:ConfigMap";
        const data = { script: "long" };
        assert.deepEqual(cleaned({ type, inputs: { metadata, data }, outputs: { metadata, data } }), {
            urn,
            type,
            inputs: { metadata, data },
            outputs: { metadata },
        });
    });

    it("is nothing of other resources, and components have no outputs", () => {
        const bucket = { urn, type: "aws:s3/bucket:Bucket", outputs: { status: "on", metadata: ofTheMoment } };
        assert.deepEqual(cleaned(bucket), bucket);
        assert.deepEqual(cleaned({ type: "kubernetes:helm.sh/v4:Chart" }), {
            urn,
            type: "kubernetes:helm.sh/v4:Chart",
        });
    });
});
