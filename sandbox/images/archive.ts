// The docker-archive format: what `docker save` writes and `ctr images import` reads.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import * as fs from "node:fs";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../../tools/lib/exec";
import { architecture } from "./spec";

/** How containers of an image start, in the terms of the OCI image configuration. */
export interface ImageConfig {
    User?: string;
    Env?: string[];
    WorkingDir?: string;
    Entrypoint?: string[];
    Cmd?: string[];
}

export interface Image {
    name: string;
    config: ImageConfig;
}

/** Nothing in an archive is younger than this, so that it depends on its content only. */
export const epoch = 1_735_689_600;

export const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Packs a folder as a tar file: sorted, owned by root, without times of its own. */
export async function packFolder(folder: string, outTar: string, order: string[] = ["."]): Promise<void> {
    const times = ["--sort=name", `--mtime=@${epoch}`, "--owner=0", "--group=0", "--numeric-owner"];
    const format = ["--format=posix", "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime"];
    await run("tar", ["-cf", outTar, ...times, ...format, "-C", folder, ...order]);
}

/** Packs images that share one layer, which is moved into `workDir`. */
export async function packImages(images: Image[], layer: string, outTar: string, workDir: string): Promise<void> {
    const folder = path.join(workDir, "archive");
    const digest = await sha256(layer);
    const layerFile = `${digest}.tar`;
    fs.mkdirSync(folder);
    fs.renameSync(layer, path.join(folder, layerFile));

    const manifest = images.map(({ name, config }) => {
        const json = JSON.stringify(imageJson(config, digest));
        const file = `${createHash("sha256").update(json).digest("hex")}.json`;
        fs.writeFileSync(path.join(folder, file), json);
        return { Config: file, RepoTags: [name], Layers: [layerFile] };
    });
    fs.writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(manifest));
    await packFolder(folder, outTar, ["manifest.json", ...manifest.map((image) => image.Config), layerFile]);
}

function imageJson(config: ImageConfig, layerDigest: string): object {
    const env = config.Env ?? [];
    return {
        created: new Date(epoch * 1000).toISOString(),
        architecture,
        os: "linux",
        config: { ...config, Env: env.some((e) => e.startsWith("PATH=")) ? env : [`PATH=${defaultPath}`, ...env] },
        rootfs: { type: "layers", diff_ids: [`sha256:${layerDigest}`] },
        history: [{ created: new Date(epoch * 1000).toISOString(), created_by: "JustDB Cloud sandbox" }],
    };
}

async function sha256(file: string): Promise<string> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    return hash.digest("hex");
}
