// Everything that is dear to make, made once and kept in the cache: programs, packages, images.
import * as fs from "node:fs";
import * as path from "node:path";
import { moto } from "./aws/moto";
import { ensureDebian } from "./debian";
import { buildGo, buildTitle, goBinary, missingCommands } from "./go/build";
import { archiveFile, buildImage, images, type ImageSpec } from "./images";
import { imageDir, logDir } from "./lib/paths";
import { plan, say, step } from "./lib/progress";
import { versions } from "./lib/versions";

function ensureImage(spec: ImageSpec): Promise<string> {
    const archive = archiveFile(spec, imageDir);
    if (fs.existsSync(archive)) return Promise.resolve(archive);
    const log = (line: string) => fs.appendFileSync(path.join(logDir, "images.log"), `${line}\n`);
    return step(`image ${spec.name}`, () => buildImage(spec, imageDir, log));
}

/** Makes all that is missing and returns the archives of the images. Compiling and fetching go side by side. */
export async function ensureBuilt(): Promise<string[]> {
    fs.mkdirSync(logDir, { recursive: true });
    const missing = missingCommands();
    if (missing.length > 0) say("Building the engine and Kubernetes from source, once: 20 to 35 minutes on 2 cores.");
    plan(missing.map(buildTitle));
    await ensureDebian();

    const specs = images({
        manager: goBinary("manager"),
        coredns: goBinary("coredns"),
        barmanPlugin: goBinary("barman-plugin"),
    });
    const { operator, coredns, barmanPlugin, barmanSidecar } = versions.images;
    const compiled: string[] = [operator, coredns, barmanPlugin, barmanSidecar];
    const archives = new Set<string>();
    const build = async (chosen: ImageSpec[]) => {
        for (const spec of chosen) archives.add(await ensureImage(spec));
    };
    const compile = async () => {
        for (const command of missing) await buildGo(command);
        await build(specs.filter((spec) => compiled.includes(spec.name)));
    };
    const fetch = async () => {
        await moto.ensure();
        await build(specs.filter((spec) => !compiled.includes(spec.name)));
    };
    await Promise.all([compile(), fetch()]);
    return [...archives];
}
