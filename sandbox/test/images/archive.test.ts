import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packFolder, packImages } from "../../images/archive";

interface Manifest {
    Config: string;
    RepoTags: string[];
    Layers: string[];
}

describe("an image archive", () => {
    let dir: string;
    let archive: string;
    const read = (file: string) => execFileSync("tar", ["-xOf", archive, file]);

    async function pack(out: string): Promise<void> {
        const workDir = fs.mkdtempSync(path.join(dir, "work-"));
        const root = path.join(workDir, "root");
        fs.mkdirSync(path.join(root, "tmp"), { recursive: true });
        fs.chmodSync(path.join(root, "tmp"), 0o1777);
        fs.writeFileSync(path.join(root, "program"), "program", { mode: 0o755 });
        fs.linkSync(path.join(root, "program"), path.join(root, "same"));
        const layer = path.join(workDir, "layer.tar");
        await packFolder(root, layer);
        const config = { User: "7:7", Entrypoint: ["/program"] };
        const images = ["1", "2"].map((tag) => ({
            name: `example/program:${tag}`,
            config: { ...config, Env: [`TAG=${tag}`] },
        }));
        await packImages(images, layer, out, workDir);
    }

    before(async () => {
        dir = fs.mkdtempSync(path.join(os.tmpdir(), "images-"));
        archive = path.join(dir, "image.tar");
        await pack(archive);
    });
    after(() => fs.rmSync(dir, { recursive: true }));

    it("names each image with its configuration and one shared layer", () => {
        const manifest = JSON.parse(read("manifest.json").toString()) as Manifest[];
        assert.deepEqual(manifest.map((image) => image.RepoTags).flat(), ["example/program:1", "example/program:2"]);
        assert.equal(new Set(manifest.map((image) => image.Layers.join())).size, 1);
        for (const [index, image] of manifest.entries()) {
            const json = read(image.Config);
            assert.equal(image.Config, `${createHash("sha256").update(json).digest("hex")}.json`);
            const { config, rootfs } = JSON.parse(json.toString()) as {
                config: { User: string; Env: string[] };
                rootfs: { diff_ids: string[] };
            };
            assert.equal(config.User, "7:7");
            assert.match(config.Env[0]!, /^PATH=.*:\/usr\/bin/);
            assert.equal(config.Env[1], `TAG=${index + 1}`);
            const layer = createHash("sha256").update(read(image.Layers[0]!)).digest("hex");
            assert.deepEqual(rootfs.diff_ids, [`sha256:${layer}`]);
        }
    });

    it("keeps modes and hard links, and gives everything to root", () => {
        const layer = (JSON.parse(read("manifest.json").toString()) as Manifest[])[0]!.Layers[0]!;
        const listing = execFileSync("tar", ["--numeric-owner", "-tv"], { input: read(layer) }).toString();
        assert.match(listing, /drwxrwxrwt 0\/0 .* \.\/tmp\//);
        assert.match(listing, /-rwxr-xr-x 0\/0 .* \.\/program/);
        assert.match(listing, /\.\/same link to \.\/program/);
    });

    it("depends on its content only", async () => {
        const again = path.join(dir, "again.tar");
        await pack(again);
        assert.ok(fs.readFileSync(archive).equals(fs.readFileSync(again)));
    });
});
