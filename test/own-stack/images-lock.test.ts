import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goBinary, run, waitFor } from "../../sandbox";
import { findDigests } from "../../tools/images/registry";
import { copyCommand } from "../../tools/images/names";
import { ensureGo } from "../../tools/programs/go/build";

/** A port that nobody listens on. */
const freePort = () =>
    new Promise<number>((resolve) => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address() as { port: number };
            server.close(() => resolve(port));
        });
    });

/** Before a registry of its own; nothing of the cluster takes part. */
describe("make images-lock, and the copies that make images prints", () => {
    let registry: ChildProcess;
    let host: string;
    let folder: string;
    const crane = (...args: string[]) => run(goBinary("crane"), args);

    before(async () => {
        await ensureGo(["crane"]);
        host = `localhost:${await freePort()}`;
        registry = spawn(goBinary("crane"), ["registry", "serve", "--address", host.replace("localhost", "127.0.0.1")]);
        await waitFor("the registry", 20_000, () => fetch(`http://${host}/v2/`).then(({ ok }) => ok));
        folder = mkdtempSync(join(tmpdir(), "images-lock-"));
        writeFileSync(join(folder, "content"), "x");
        await run("tar", ["-cf", join(folder, "layer.tar"), "-C", folder, "content"]);
        await crane("append", "--new_layer", join(folder, "layer.tar"), "--new_tag", `${host}/team/app:1.0.0`);
    });

    after(() => {
        registry.kill();
        rmSync(folder, { recursive: true });
    });

    it("finds the digest by which an image is pulled, and says of each other one what its registry says", async () => {
        const image = `${host}/team/app:1.0.0`;
        const missing = `${host}/team/app:2.0.0`;
        const { digests, failed } = await findDigests([image, missing]);
        const digest = digests.get(image)!;
        assert.match(digest, /^sha256:[0-9a-f]{64}$/);
        assert.ok(JSON.parse(await crane("manifest", `${host}/team/app@${digest}`)));
        assert.equal(digests.size, 1);
        assert.equal(failed.length, 1);
        assert.match(failed[0]!, new RegExp(`^${missing}: .*(?:MANIFEST_UNKNOWN|NOT_FOUND|404)`, "i"));
    });

    it("copies an image as it is to where a mirror has it", async () => {
        const image = `${host}/team/app:1.0.0`;
        const [, , from, to] = copyCommand(image, `127.0.0.1:${host.split(":")[1]}/mirror`).split(" ");
        await crane("copy", from!, to!);
        const { digests } = await findDigests([image, to!]);
        assert.equal(digests.get(to!), digests.get(image));
    });
});
