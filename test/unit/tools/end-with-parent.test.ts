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
const lives = ["-e", "console.log('runs'); setTimeout(() => {}, 30_000)"];

describe("a process that ends with the one that started it", () => {
    const orphan = (...options: string[]) =>
        Number(execFileSync(process.execPath, ["-e", parent, "--", ...options, ...lives], { encoding: "utf8" }));

    it("is gone soon after, and another one is not", async () => {
        const ends = orphan("--require", preload);
        const stays = orphan();
        try {
            for (let left = 100; alive(ends) && left > 0; left--) await sleep(100);
            assert.ok(!alive(ends));
            assert.ok(alive(stays));
        } finally {
            process.kill(stays);
        }
    });
});
