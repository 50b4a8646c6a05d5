import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan } from "../../../support/mocks";

const container = "spec.template.spec.containers.0";

const redisFolder = join(__dirname, "../../../../components/redis");

describe("the start of redis", () => {
    let volume: string;
    let run: string;
    let etc: string;
    let programs: string;
    let command: string[];
    let probe: string[];
    const file = (name: string) => join(volume, name);

    before(async () => {
        const made = await plan({});
        command = made.at("justdb-redis", `${container}.command`) as string[];
        probe = made.at("justdb-redis", `${container}.readinessProbe.exec.command`) as string[];
    });
    beforeEach(() => {
        volume = mkdtempSync(join(tmpdir(), "redis-volume-"));
        run = mkdtempSync(join(tmpdir(), "redis-run-"));
        etc = mkdtempSync(join(tmpdir(), "redis-etc-"));
        copyFileSync(join(redisFolder, "users.sh"), join(etc, "users.sh"));
        programs = mkdtempSync(join(tmpdir(), "redis-programs-"));
        writeFileSync(join(programs, "redis-server"), '#!/bin/sh\necho "starts with $*"\n', { mode: 0o755 });
    });
    afterEach(() => [volume, run, etc, programs].forEach((folder) => rmSync(folder, { recursive: true })));

    /** A command of the pod, with other folders. */
    function runs([shell, ...rest]: string[]) {
        const folders: Record<string, string> = { "/data": volume, "/run/redis": run, "/etc/redis": etc };
        const args = rest.map((arg) => folders[arg] ?? arg);
        const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
        return spawnSync(shell!, args, { env, encoding: "utf8" });
    }

    function start(): string {
        const { status, stdout, stderr } = runs(command);
        assert.equal(status, 0, stderr);
        assert.match(stdout, new RegExp(`^starts with ${etc}/redis\\.conf$`, "m"));
        return stdout;
    }

    /** A redis-cli that ends so, and tells what it was asked. */
    const redisCli = (status = 0) =>
        writeFileSync(join(programs, "redis-cli"), `#!/bin/sh\necho "asked $*"\nexit ${status}\n`, { mode: 0o755 });

    function hashes(known: Record<string, string>): void {
        rmSync(join(etc, "passwords"), { recursive: true, force: true });
        mkdirSync(join(etc, "passwords"));
        for (const [turn, hash] of Object.entries(known)) writeFileSync(join(etc, "passwords", turn), hash);
    }
    const users = () => readFileSync(join(run, "users.acl"), "utf8");

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

    it("knows by its probe that the file was read", () => {
        redisCli();
        start();
        assert.ok(existsSync(file(".reading")));
        assert.equal(runs(probe).stdout, "asked -e ping\n");
        assert.equal(existsSync(file(".reading")), false);
    });

    it("does not answer its probe while Redis does not", () => {
        redisCli(1);
        start();
        assert.equal(runs(probe).status, 1);
        assert.ok(existsSync(file(".reading")));
    });

    it("lets in whoever has the password of a Secret that exists, byte for byte", () => {
        writeFileSync(join(etc, "given"), "a password, of some kind");
        start();
        const hash = createHash("sha256").update("a password, of some kind").digest("hex");
        assert.match(users(), new RegExp(` #${hash} `));
        assert.doesNotMatch(users(), /of some kind/);
    });

    it("lets in whoever has a password whose hash is there, and its own pod", () => {
        hashes({ b: "0123" });
        start();
        const own = readFileSync(join(run, "password"), "utf8").trim();
        assert.match(own, /^[0-9a-f-]{36}$/);
        assert.equal(users(), `user default on >${own} #0123 ~* &* +@all\n`);
        start();
        assert.ok(!users().includes(own), "another start has another password");
    });

    it("takes over new hashes by its probe, once, and forgets those that are gone", () => {
        redisCli();
        hashes({ b: "0123" });
        start();
        hashes({ a: "4567", b: "0123" });
        assert.equal(runs(probe).stdout, "asked -e acl load\nasked -e ping\n");
        assert.match(users(), / #4567 #0123 /);
        assert.equal(runs(probe).stdout, "asked -e ping\n");
        hashes({ a: "4567" });
        runs(probe);
        assert.match(users(), /^user default on >\S+ #4567 ~\*/);
    });

    it("tries again what Redis did not take, and says so by its probe", () => {
        hashes({ b: "0123" });
        start();
        hashes({ a: "4567" });
        redisCli(1);
        assert.equal(runs(probe).status, 1);
        redisCli();
        assert.equal(runs(probe).stdout, "asked -e acl load\nasked -e ping\n");
    });

    it("has a redis-cli in its pod that knows the pod's password", async () => {
        const made = await plan({});
        assert.match(made.texts("justdb-redis-config")["redis-cli"]!, /^REDISCLI_AUTH=/m);
        assert.match(made.at("justdb-redis", `${container}.env.0.value`) as string, /^\/etc\/redis:/);
        assert.deepEqual(made.at("justdb-redis", `${container}.livenessProbe.exec.command`), [
            "redis-cli",
            "-e",
            "ping",
        ]);
        assert.equal(made.at("justdb-redis", `${container}.securityContext.readOnlyRootFilesystem`), true);
    });
});
