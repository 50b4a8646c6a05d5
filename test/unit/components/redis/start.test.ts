import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan } from "../../../support/mocks";

const container = "spec.template.spec.containers.0";

describe("the start of redis", () => {
    let volume: string;
    let programs: string;
    let command: string[];
    const file = (name: string) => join(volume, name);

    before(async () => {
        command = (await plan({})).at("justdb-redis", `${container}.command`) as string[];
    });
    beforeEach(() => {
        volume = mkdtempSync(join(tmpdir(), "redis-volume-"));
        programs = mkdtempSync(join(tmpdir(), "redis-programs-"));
        writeFileSync(join(programs, "redis-server"), '#!/bin/sh\necho "starts with $*"\n', { mode: 0o755 });
    });
    afterEach(() => [volume, programs].forEach((folder) => rmSync(folder, { recursive: true })));

    /** The pod's own command, with another folder for its volume. */
    function start(): string {
        const [shell, ...rest] = command;
        const args = rest.map((arg) => (arg === "/data" ? volume : arg));
        const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
        const { status, stdout, stderr } = spawnSync(shell!, args, { env, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        assert.match(stdout, /^starts with \/etc\/redis\/redis\.conf$/m);
        return stdout;
    }

    function write(content: string): void {
        mkdirSync(file("appendonlydir"), { recursive: true });
        writeFileSync(file("appendonlydir/appendonly.aof.1.incr.aof"), content);
    }
    const putAside = () => readFileSync(file("appendonlydir.broken/appendonly.aof.1.incr.aof"), "utf8");
    const answers = () => rmSync(file(".reading"));

    it("leaves the file alone that the last start has read, and an empty volume too", () => {
        start();
        answers();
        write("good");
        assert.doesNotMatch(start(), /put aside/);
        assert.ok(existsSync(file("appendonlydir")));
    });

    it("puts aside the file that the last start has not read, says so, and begins empty", () => {
        write("broken");
        start();
        assert.match(start(), /not read the append-only file to its end: it is put aside as .*\/appendonlydir\.broken/);
        assert.equal(existsSync(file("appendonlydir")), false);
        assert.equal(putAside(), "broken");
    });

    it("keeps the last of them only", () => {
        for (const content of ["first", "second"]) {
            write(content);
            start();
            start();
            answers();
        }
        assert.equal(putAside(), "second");
    });

    it("knows by its probe that the file was read", async () => {
        const made = await plan({});
        assert.deepEqual(made.at("justdb-redis", `${container}.readinessProbe.exec.command`), [
            "sh",
            "-c",
            "redis-cli -e ping && rm -f /data/.reading",
        ]);
        assert.deepEqual(made.at("justdb-redis", `${container}.livenessProbe.exec.command`), [
            "redis-cli",
            "-e",
            "ping",
        ]);
        assert.equal(made.at("justdb-redis", `${container}.securityContext.readOnlyRootFilesystem`), true);
    });
});
