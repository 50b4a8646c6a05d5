import assert from "node:assert/strict";
import { waitFor } from "../../../../tools/lib/progress";

describe("waitFor", () => {
    it("ends when what is waited for is ready, whatever failed before", async () => {
        let calls = 0;
        await waitFor("it", 5000, () => (++calls < 2 ? Promise.reject(new Error("not yet")) : Promise.resolve(true)));
        assert.equal(calls, 2);
    });

    it("fails with the last reason when the time is over", async () => {
        await assert.rejects(
            waitFor("the database", 10, () => Promise.resolve("it starts")),
            /the database .*0\.01 s: it starts/,
        );
    });
});
