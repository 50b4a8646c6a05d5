import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { warnOfEndedTokens } from "../../../../components/secrets/ended-tokens";

/** What a preview says of a new key, where those of these names are there already. */
async function said(there: string[], isPreview = true): Promise<string[]> {
    const warnings: string[] = [];
    const { warn } = console;
    // Where the SDK writes without an engine.
    console.warn = (message: string) => warnings.push(message);
    try {
        const newResource = ({ name }: pulumi.runtime.MockResourceArgs) => ({
            id: there.includes(name) || !isPreview ? name : "",
            state: {},
        });
        await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "justdb-cloud", "test", isPreview);
        const [inUse, former] = ["second", "first"].map((name) => new RandomPassword(name, { length: 64 }));
        await warnOfEndedTokens(inUse, former);
        await warnOfEndedTokens(inUse);
        await (pulumi.runtime as unknown as { disconnect(): Promise<void> }).disconnect();
        return warnings;
    } finally {
        console.warn = warn;
    }
}

describe("another key of tokens", () => {
    it("is said in the preview of the update that makes it, with what it ends", async () => {
        const [only, ...more] = await said(["first"]);
        assert.match(only!, /jwtSecretGeneration was raised: this update ends every token/);
        assert.deepEqual(more, []);
    });

    it("is not said where there was none before, where it is there already, or in the update itself", async () => {
        assert.deepEqual(await said([]), []);
        assert.deepEqual(await said(["first", "second"]), []);
        assert.deepEqual(await said([], false), []);
    });
});
