import assert from "node:assert/strict";
import { silentHost } from "../../../providers/lib/host";
import { isSecret, plainObject } from "../../../providers/lib/values";
import { random } from "../../../providers/random/provider";

const type = "random:index/randomPassword:RandomPassword";
const resource = { urn: `urn:pulumi:s::p::${type}::pw`, name: "pw", type };

describe("sandbox/providers/random/provider", () => {
    const provider = random.configure({}, silentHost);

    it("keeps the password secret", async () => {
        const { inputs } = await provider.check({
            ...resource,
            olds: undefined,
            news: { length: 32 },
            randomSeed: Buffer.of(),
        });
        const { id, outputs } = await provider.create({ ...resource, inputs, timeout: 0, preview: false });
        assert.equal(id, "none");
        assert.equal(isSecret(outputs.result), true);
        assert.equal(String(plainObject(outputs).result).length, 32);
    });

    it("makes a new one when any input changes", async () => {
        const request = { ...resource, id: "none", state: {}, ignoreChanges: [] };
        const result = await provider.diff({ ...request, oldInputs: { length: 32 }, news: { length: 33 } });
        assert.deepEqual(result.changes, [{ path: ["length"], kind: "update", replace: true }]);
    });

    it("refuses options that no password can meet", async () => {
        const { failures } = await provider.check({
            ...resource,
            olds: undefined,
            news: { length: 2, minLower: 3 },
            randomSeed: Buffer.of(),
        });
        assert.equal(failures?.[0]?.property, "length");
    });
});
