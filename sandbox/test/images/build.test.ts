import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildImage, images, type ImageSpec } from "../../images";
import { keyOf } from "../../images/spec";
import { versions } from "../../versions";

describe("building images", () => {
    let dir: string;
    let built: string[];
    const log = () => {};
    const spec = (key: string, build?: ImageSpec["build"]): ImageSpec => ({
        name: "example/thing:1",
        archive: "thing",
        key: () => key,
        build:
            build ??
            (async (outTar) => {
                built.push(key);
                await fs.promises.writeFile(outTar, key);
            }),
    });

    beforeEach(() => {
        dir = fs.mkdtempSync(path.join(os.tmpdir(), "images-"));
        built = [];
    });
    afterEach(() => fs.rmSync(dir, { recursive: true }));

    it("makes an archive once, and again when its inputs changed, keeping the newest only", async () => {
        const first = await buildImage(spec("aaa"), dir, log);
        assert.equal(await buildImage(spec("aaa"), dir, log), first);
        assert.deepEqual(built, ["aaa"]);
        const second = await buildImage(spec("bbb"), dir, log);
        assert.deepEqual(fs.readdirSync(dir), [path.basename(second)]);
        assert.equal(fs.readFileSync(second, "utf8"), "bbb");
    });

    it("leaves nothing behind when it fails, and what a killed run left is no obstacle", async () => {
        const failing = spec("ccc", async (outTar, workDir) => {
            await fs.promises.writeFile(outTar, "half");
            await fs.promises.writeFile(path.join(workDir, "file"), "");
            throw new Error("no space");
        });
        await assert.rejects(buildImage(failing, dir, log), /no space/);
        assert.deepEqual(fs.readdirSync(dir), []);
        fs.mkdirSync(path.join(dir, "thing.work"));
        fs.writeFileSync(path.join(dir, "thing.work/file"), "");
        await buildImage(spec("ccc"), dir, log);
        assert.deepEqual(fs.readdirSync(dir), ["thing-ccc.tar"]);
    });

    it("knows each image of the version list, before the programs in it are built", () => {
        const { app, ...others } = versions.images;
        const names = images().map(({ name }) => name);
        assert.deepEqual(names.sort(), [...app, ...Object.values(others)].sort());
    });

    it("names for each image the program that it holds, so that it is made as soon as that is built", () => {
        const held = images().flatMap(({ command }) => command ?? []);
        assert.deepEqual(held, ["manager", "barman-plugin", "barman-plugin", "coredns"]);
    });

    it("keys an image by its values and by what its files hold, not by their names or times", () => {
        const file = path.join(dir, "a");
        fs.writeFileSync(file, "one");
        const key = keyOf(__filename, "x", [dir]);
        fs.renameSync(file, path.join(dir, "b"));
        assert.equal(keyOf(__filename, "x", [dir]), key);
        assert.notEqual(keyOf(__filename, "y", [dir]), key);
        assert.notEqual(keyOf(path.join(__dirname, "debian.test.ts"), "x", [dir]), key);
        fs.writeFileSync(path.join(dir, "b"), "two");
        assert.notEqual(keyOf(__filename, "x", [dir]), key);
    });
});
