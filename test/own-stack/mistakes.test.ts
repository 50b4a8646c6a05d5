import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { sandboxStack, withStack } from "../../sandbox";
import { get, namespace } from "../support/cluster";
import { forget } from "../support/test-stack";

/** Ten mistakes of ten kinds: key, value. */
const mistakes: Record<string, string> = {
    environment: "production",
    appReplicas: "three",
    appMaxReplicas: "0",
    appReplica: "3",
    appMemoryLimit: "2 gigabytes",
    appCpuRequest: "500x",
    serviceType: "NodePort",
    schemasBucketName: "Not_A_Bucket",
    storageEndpoint: "10.250.0.1:9000",
    jwtExistingSecret: "Has Spaces",
};

describe("a stack file with ten mistakes", () => {
    after(() => forget("mistakes"));

    it("stops the program before any resource, with one message that names all ten and no stack trace", async () => {
        const config = Object.fromEntries(
            Object.entries(mistakes).map(([key, value]) => [`justdb-cloud:${key}`, value]),
        );
        const registered: string[] = [];
        let output = "";
        const onEvent = ({ resourcePreEvent }: EngineEvent) => {
            const type = resourcePreEvent?.metadata.type;
            if (type && type !== "pulumi:pulumi:Stack") registered.push(type);
        };
        const preview = withStack(
            "mistakes",
            (stack) => stack.preview({ onEvent, onOutput: (text) => (output += text) }),
            {
                settingsOf: sandboxStack,
                config,
            },
        );
        await assert.rejects(preview);
        assert.deepEqual(registered, []);
        for (const [key, value] of Object.entries(mistakes)) {
            assert.ok(output.includes(key), `the message does not name ${key}:\n${output}`);
            if (key !== "appReplica")
                assert.ok(output.includes(value), `the message does not show "${value}":\n${output}`);
        }
        assert.match(output, /appReplicas/);
        assert.doesNotMatch(output, /^\s+at .+:\d+:\d+\)?$/m, "a stack trace");
    });
});

describe("a second stack that was given the cluster and the namespace of another", () => {
    after(() => forget("second"));

    it("is stopped at the namespace, which stays the other's", async () => {
        const within = "justdb-cloud:index:JustDbCloud";
        // The namespace, and what comes before it.
        const target = [
            `${within}::justdb`,
            `${within}$kubernetes:helm.sh/v4:Chart::justdb-requirements`,
            `${within}$kubernetes:core/v1:Namespace::justdb-namespace`,
        ].map((end) => `urn:pulumi:second::justdb-cloud::${end}`);
        let output = "";
        const onOutput = (text: string) => (output += text);
        const before = await get("namespace", namespace);
        await assert.rejects(
            withStack("second", (stack) => stack.up({ target, onOutput }), { settingsOf: sandboxStack }),
        );
        assert.match(output, /conflict/);
        assert.match(output, /justdb-cloud\/owner/);
        assert.deepEqual((await get("namespace", namespace)).metadata, before.metadata);
    });
});
