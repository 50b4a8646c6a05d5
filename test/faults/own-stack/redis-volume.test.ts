import assert from "node:assert/strict";
import { get } from "../../support/cluster";
import { forget, smallest, TestStack, unarchived } from "../../support/test-stack";

const stack = new TestStack("redis-volume", "justdb-redis-volume", {
    ...smallest,
    ...unarchived,
});
const { namespace } = stack;

const size = async () => {
    const claim: { spec: { resources: { requests: { storage: string } } } } = await get(
        "pvc",
        "data-justdb-redis-0",
        namespace,
    );
    return claim.spec.resources.requests.storage;
};

describe("a Redis with another volume", () => {
    before(() => stack.up({ redisStorageSize: "1Gi" }));
    after(async () => {
        await stack.destroy();
        await forget(stack.name);
    });

    it("is planned, and replaced with its volume", async () => {
        assert.equal(await size(), "1Gi");
        await stack.open((opened) => opened.preview(), { redisStorageSize: "2Gi" });
        const { changes } = await stack.up({ redisStorageSize: "2Gi" });
        assert.ok(
            changes.some((change) => /replace.* justdb-redis$/.test(change)),
            changes.join("\n"),
        );
        assert.equal(await size(), "2Gi");
    });

    it("is refused by a plan of a stack that is protected, and stays", async () => {
        await stack.up({ redisStorageSize: "2Gi", protect: "true" });
        const { uid } = (await get("statefulset", "justdb-redis", namespace)).metadata;
        let output = "";
        const onOutput = (text: string) => (output += text);
        const other = { redisStorageSize: "4Gi", protect: "true" };
        await assert.rejects(stack.open((opened) => opened.preview({ onOutput }), other));
        assert.match(output, /unable to replace resource [^]*::justdb-redis"/);
        assert.equal((await get("statefulset", "justdb-redis", namespace)).metadata.uid, uid);
        await stack.up({ redisStorageSize: "2Gi" });
    });
});
