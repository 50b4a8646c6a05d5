import assert from "node:assert/strict";
import { updateBoundary } from "../../../providers/aws/iam-identity";

async function asked(before?: string, after?: string): Promise<string[]> {
    const calls: string[] = [];
    const call = (what: string) => Promise.resolve(calls.push(what));
    const boundary = (permissionsBoundary?: string) => ({ name: "justdb", permissionsBoundary });
    await updateBoundary(boundary(after), boundary(before), {
        put: (arn) => call(`put ${arn}`),
        remove: () => call("remove"),
    });
    return calls;
}

describe("sandbox/providers/aws/iam-identity", () => {
    it("asks for a boundary only where it changes, as the official provider does", async () => {
        assert.deepEqual(await asked(), []);
        assert.deepEqual(await asked("one", "one"), []);
        assert.deepEqual(await asked("one", "other"), ["put other"]);
        assert.deepEqual(await asked(undefined, "one"), ["put one"]);
        assert.deepEqual(await asked("one"), ["remove"]);
    });
});
