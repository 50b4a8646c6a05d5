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
    edge: "nodePort",
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

    it("is stopped at the namespace, which stays the other's, before anything is made", async () => {
        let output = "";
        const onOutput = (text: string) => (output += text);
        const before = await get("namespace", namespace);
        const made = await withStack(
            "second",
            async (stack) => {
                await assert.rejects(stack.up({ onOutput }));
                const { resources } = (await stack.exportStack()).deployment as { resources: { type: string }[] };
                return resources.map(({ type }) => type).filter((type) => !type.startsWith("pulumi:"));
            },
            { settingsOf: sandboxStack },
        );
        assert.deepEqual(made.sort(), ["justdb-cloud:index:JustDbCloud", "kubernetes:helm.sh/v4:Chart"]);
        assert.match(output, /conflict/);
        assert.match(output, /justdb-cloud\/owner/);
        assert.deepEqual((await get("namespace", namespace)).metadata, before.metadata);
    });
});
