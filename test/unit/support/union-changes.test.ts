import assert from "node:assert/strict";
import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { unionChanges } from "../../support/union-changes";

const pod = (volumes: object[], container: object) => ({
    spec: { template: { spec: { volumes, containers: [{ name: "one", ...container }] } } },
});

const update = (before: object, after: object) =>
    ({ op: "update", urn: "urn::one", old: { inputs: before }, new: { inputs: after } }) as StepEventMetadata;

const before = pod([{ name: "config", secret: { secretName: "one" } }], {
    livenessProbe: { httpGet: { port: 80 }, periodSeconds: 1 },
    lifecycle: { preStop: { exec: { command: ["true"] } } },
});

describe("a volume or handler that an update makes another kind of", () => {
    it("is found by its name", () => {
        const after = pod(
            [
                { name: "other", emptyDir: {} },
                { name: "config", projected: {} },
            ],
            {
                livenessProbe: { tcpSocket: { port: 80 } },
                lifecycle: { preStop: { sleep: { seconds: 1 } } },
            },
        );
        assert.deepEqual(unionChanges([update(before, after)]), [
            "one.spec.template.spec.volumes.config: secret to projected",
            "one.spec.template.spec.containers.one.livenessProbe: httpGet to tcpSocket",
            "one.spec.template.spec.containers.one.lifecycle.preStop: exec to sleep",
        ]);
    });

    it("is none that stays of its kind, comes under another name, or goes", () => {
        const after = pod([{ name: "configuration", projected: {} }], { livenessProbe: { httpGet: { port: 81 } } });
        assert.deepEqual(unionChanges([update(before, after), update(before, before)]), []);
    });
});
