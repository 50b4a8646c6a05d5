import assert from "node:assert/strict";
import { kubectl, sandboxStack, waitFor, withStack } from "../../sandbox";
import { namespace, podsReady } from "../support/cluster";

interface Deployment {
    metadata: { managedFields: { manager: string; fieldsV1: { "f:spec"?: object } }[] };
    spec: { replicas: number; template: { spec: { containers: { resources: { limits: { memory: string } } }[] } } };
}

async function deployment(): Promise<Deployment> {
    const args = ["-n", namespace, "get", "deployment", "justdb-cloud", "-o", "json", "--show-managed-fields"];
    return JSON.parse(await kubectl(args)) as Deployment;
}

/** Who owns the number of pods. */
const owners = ({ metadata }: Deployment) =>
    metadata.managedFields
        .filter(({ fieldsV1 }) => "f:replicas" in (fieldsV1["f:spec"] ?? {}))
        .map(({ manager }) => manager);

async function up(config: Record<string, string> = {}): Promise<void> {
    let output = "";
    const onOutput = (text: string) => (output += text);
    await withStack(sandboxStack, (stack) => stack.up({ onOutput }), { config }).catch((error: Error) =>
        assert.fail(`${output}\n${error.message}`),
    );
}

describe("the autoscaler", () => {
    after(async () => {
        await kubectl(["-n", namespace, "scale", "deployment/justdb-cloud", "--replicas=2"]);
        await up();
        await podsReady("app=justdb-cloud", 2);
    });

    it("keeps the number of pods that it has chosen through an update that overwrites by force", async () => {
        await up({ "justdb-cloud:appReplicas": "3" });
        await waitFor("3 pods", 120_000, async () => (await deployment()).spec.replicas === 3);
        assert.deepEqual(owners(await deployment()), ["kube-controller-manager"]);

        // Without metrics it takes none away.
        await up({ "justdb-cloud:appMemoryLimit": "1100Mi" });
        const updated = await deployment();
        assert.equal(updated.spec.template.spec.containers[0]!.resources.limits.memory, "1100Mi");
        assert.equal(updated.spec.replicas, 3);
        assert.deepEqual(owners(updated), ["kube-controller-manager"]);
    });
});
