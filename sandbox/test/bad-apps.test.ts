import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { badAppImages, badApps } from "../bad-apps";
import { buildImage } from "../images";
import { type ImageConfig, packFolder, packImages } from "../images/archive";

describe("images of bad versions of the app", () => {
    let dir: string;
    let archive: string;
    const read = (file: string) => execFileSync("tar", ["-xOf", archive, file]).toString();

    before(async () => {
        dir = fs.mkdtempSync(path.join(os.tmpdir(), "images-"));
        const root = path.join(dir, "root");
        fs.mkdirSync(root);
        const layer = path.join(dir, "layer.tar");
        await packFolder(root, layer);
        const config = { User: "7:7", Env: ["APP_VERSION=1.0.0", "LANG=C"], Entrypoint: ["java", "-jar", "/app.jar"] };
        const app = path.join(dir, "app.tar");
        await packImages([{ name: "example/app:1.0.0", config }], layer, app, dir);
        archive = await buildImage(badAppImages(app), path.join(dir, "cache"), () => {});
    });
    after(() => fs.rmSync(dir, { recursive: true }));

    it("are the app's, with a version and a fault of their own", () => {
        const manifest = JSON.parse(read("manifest.json")) as { Config: string; RepoTags: [string] }[];
        assert.deepEqual(manifest.map(({ RepoTags: [name] }) => name).sort(), Object.values(badApps).sort());
        for (const { Config, RepoTags } of manifest) {
            const { config } = JSON.parse(read(Config)) as { config: ImageConfig };
            assert.equal(config.User, "7:7");
            assert.deepEqual([config.Entrypoint![0], ...config.Entrypoint!.slice(-2)], ["java", "-jar", "/app.jar"]);
            const versions = config.Env!.filter((line) => line.startsWith("APP_VERSION="));
            assert.deepEqual(versions, [`APP_VERSION=${RepoTags[0].split(":")[1]}`]);
            assert.ok(config.Env!.includes("LANG=C"));
        }
    });
});
