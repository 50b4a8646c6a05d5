import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isTaken, withLock } from "../../../../tools/lib/lock";

describe("withLock", () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "lock-"));
    const file = path.join(dir, "lock");
    after(() => fs.rmSync(dir, { recursive: true }));

    it("lets one go after the other, also when the first fails", async () => {
        const order: string[] = [];
        const first = withLock(async () => {
            order.push("first begins");
            await new Promise((resolve) => setTimeout(resolve, 50));
            order.push("first ends");
            throw new Error("first fails");
        }, file);
        const second = withLock(() => Promise.resolve(order.push("second")), file);
        await assert.rejects(first, /first fails/);
        await second;
        assert.deepEqual(order, ["first begins", "first ends", "second"]);
        assert.ok(!fs.existsSync(file));
    });

    it("is taken while somebody is at work", async () => {
        assert.equal(isTaken(file), false);
        await withLock(() => Promise.resolve(assert.equal(isTaken(file), true)), file);
        assert.equal(isTaken(file), false);
    });

    it("does not wait for a process that is gone", async () => {
        fs.writeFileSync(file, String(spawnSync("true").pid));
        assert.equal(isTaken(file), false);
        assert.equal(await withLock(() => Promise.resolve("done"), file), "done");
    });
});
