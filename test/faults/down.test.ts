import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { cacheDir, down, imageDir, marker, repoDir, strays } from "../../sandbox";
import { assertNothingLeft, unlessGone } from "../support/nothing-left";

/** Where a program may leave something, beside its temporary folder, which the tests choose. */
const searched = ["/etc", "/var/lib", "/var/log/containers", "/var/log/pods", "/run", "/opt", "/srv"];
/** What the machine's own services write meanwhile. */
const notOurs =
    /^\/var\/lib\/(apt|dpkg|systemd|logrotate|dhcp|NetworkManager)\/|^\/run\/(systemd|user|log|lock)\/|^\/run\/utmp$|^\/etc\/ld\.so\.cache$/;

function filesSince(time: number): string[] {
    const found: string[] = [];
    const look = (dir: string): void => {
        for (const entry of unlessGone(() => fs.readdirSync(dir, { withFileTypes: true })) ?? []) {
            const file = path.join(dir, entry.name);
            if (file.startsWith(cacheDir) || notOurs.test(`${file}/`) || notOurs.test(file)) continue;
            if (entry.isDirectory()) look(file);
            else if ((unlessGone(() => fs.lstatSync(file).ctimeMs) ?? 0) > time) found.push(file);
        }
    };
    searched.filter((dir) => fs.existsSync(dir)).forEach(look);
    return found;
}

describe("make down", () => {
    const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "down-test-"));
    after(() => fs.rmSync(temporary, { recursive: true }));
    const make = (target: string) =>
        spawn("make", [target], {
            cwd: repoDir,
            env: { ...process.env, TMPDIR: temporary },
            stdio: "ignore",
            detached: true,
        });
    const startUp = () => make("up");
    const codeOf = (child: ChildProcess) => new Promise((resolve) => child.on("close", resolve));

    it("leaves nothing, not even of a sandbox whose daemons were all killed and whose containers run on", async () => {
        const daemons = strays().filter((pid) =>
            unlessGone(() => fs.readFileSync(`/proc/${pid}/environ`, "utf8"))?.includes(`${marker}=1`),
        );
        assert.ok(daemons.length > 9, `only ${daemons.length} processes`);
        for (const pid of daemons) unlessGone(() => process.kill(pid, "SIGKILL"));
        await down();
        assertNothingLeft();
    });

    it("unmounts what the making of an image left when it was killed", async () => {
        const left = path.join(imageDir, "killed.work", "root", "proc");
        fs.mkdirSync(left, { recursive: true });
        execFileSync("mount", ["-t", "tmpfs", "tmpfs", left]);
        await down();
        assertNothingLeft();
        fs.rmSync(path.join(imageDir, "killed.work"), { recursive: true });
    });

    it("leaves nothing after make up was killed halfway, wherever that was", async () => {
        const start = Date.now();
        for (const seconds of [2, 8, 20]) {
            const child = startUp();
            await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
            process.kill(-child.pid!, "SIGKILL");
            await down();
            assertNothingLeft();
        }
        assert.deepEqual(filesSince(start), [], "files outside the cache");
        // tsx keeps a cache of what it has compiled.
        assert.deepEqual(
            fs.readdirSync(temporary).filter((name) => !name.startsWith("tsx-")),
            [],
            "temporary files",
        );
    });

    it("is what Ctrl-C does to make up", async () => {
        const child = startUp();
        await new Promise((resolve) => setTimeout(resolve, 8000));
        process.kill(-child.pid!, "SIGINT");
        await codeOf(child);
        assertNothingLeft();
    });

    it("ends a make up that is at work, and two at once do not end each other", async () => {
        const upEnds = codeOf(startUp());
        await new Promise((resolve) => setTimeout(resolve, 8000));
        const begun = Date.now();
        assert.deepEqual(await Promise.all(["down", "down"].map((target) => codeOf(make(target)))), [0, 0]);
        console.log(`      ${((Date.now() - begun) / 1000).toFixed(0)} s`);
        assert.notEqual(await upEnds, 0);
        assertNothingLeft();
    });
});
