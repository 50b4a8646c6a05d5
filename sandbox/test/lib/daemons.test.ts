import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { alive } from "../../../tools/lib/exec";
import { logDir } from "../../../tools/lib/paths";
import { pidOf, start } from "../../lib/daemons";

describe("daemons", () => {
    const name = `unit-test-${process.pid}`;
    after(() => {
        fs.rmSync(path.join(logDir, `${name}.log`));
    });

    it("are started once, and found by name while they run", async () => {
        const pid = start(name, "sleep", ["30"]);
        while (pidOf(name) === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
        assert.equal(pidOf(name), pid);
        assert.equal(start(name, "sleep", ["30"]), pid);
        process.kill(pid);
        while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
        assert.equal(pidOf(name), undefined);
    });

    it("that are dead are not taken for alive", async () => {
        const child = spawn("true");
        await new Promise((resolve) => child.on("close", resolve));
        assert.equal(alive(child.pid!), false);
    });
});
