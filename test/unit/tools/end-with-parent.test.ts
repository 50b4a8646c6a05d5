import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { alive } from "../../../tools/lib/exec";

const preload = require.resolve("../../../tools/programs/bin/end-with-parent.cjs");

/** Starts a process, prints its id once it runs, and ends. */
const parent = `
const child = require("child_process").spawn(process.execPath, process.argv.slice(1), { stdio: ["ignore", "pipe", "ignore"] });
child.stdout.once("data", () => console.log(child.pid) ?? process.exit());
`;
const waits = ["-e", "console.log('runs'); setTimeout(() => {}, 30_000)"];
/** Its loop begins when what it has printed is out. */
const busy = ["-e", "process.stdout.write('runs', () => { for (;;); })"];

describe("a process that ends with the one that started it", () => {
    const orphan = (...args: string[]) =>
        Number(execFileSync(process.execPath, ["-e", parent, "--", ...args], { encoding: "utf8" }));

    async function isGoneSoon(pid: number): Promise<boolean> {
        for (let left = 100; alive(pid) && left > 0; left--) await sleep(100);
        return !alive(pid);
    }

    it("is gone soon after, and another one is not", async () => {
        const ends = orphan("--require", preload, ...waits);
        const stays = orphan(...waits);
        try {
            assert.ok(await isGoneSoon(ends));
            assert.ok(alive(stays));
        } finally {
            process.kill(stays);
        }
    });

    it("is gone while it is busy, too", async () => {
        const ends = orphan("--require", preload, ...busy);
        const gone = await isGoneSoon(ends);
        if (!gone) process.kill(ends, "SIGKILL");
        assert.ok(gone);
    });

    it("ends by itself before that, when it has nothing left to do", () => {
        execFileSync(process.execPath, ["--require", preload, "-e", ""], { timeout: 20_000 });
    });
});
