// Everything that is dear to make, made once and kept in the cache: programs, packages, images.
import * as fs from "node:fs";
import * as path from "node:path";
import { logDir } from "../tools/lib/paths";
import { plan, say, step } from "../tools/lib/progress";
import { buildGo, buildTitles, byGoMod, type GoCommand, sandboxCommands } from "../tools/programs/go/build";
import { moto } from "./aws/moto";
import { ensureDebian } from "./debian";
import { archiveFile, buildImage, images, type ImageSpec } from "./images";
import { imageDir } from "./lib/paths";

/** The archive of an image, which is made if it is not in the cache. */
export function ensureImage(spec: ImageSpec): Promise<string> {
    const archive = archiveFile(spec, imageDir);
    if (fs.existsSync(archive)) return Promise.resolve(archive);
    const log = (line: string) => fs.appendFileSync(path.join(logDir, "images.log"), `${line}\n`);
    return step(`image ${spec.name}`, () => buildImage(spec, imageDir, log));
}

/** Works through a queue. Two that work through the same one share its work. */
async function workThrough<T>(queue: T[], work: (item: T) => Promise<void>): Promise<void> {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
}

/**
 * Makes all that is missing and returns the archives of the images. Compiling and fetching go side by side. Two compile at a time:
 * while one fetches its modules or links, which keeps one core busy at most, the other one has work for all. The first is alone, as
 * it compiles Go's own library, which all have in common.
 */
export async function ensureBuilt(): Promise<string[]> {
    fs.mkdirSync(logDir, { recursive: true });
    const titles = buildTitles(sandboxCommands());
    if (titles.length > 0) say("Building the engine and Kubernetes from source, once: 15 to 35 minutes on 2 cores.");
    plan(titles);
    await ensureDebian();

    const archives = new Set<string>();
    const specs = images();
    const make = async (spec: ImageSpec) => void archives.add(await ensureImage(spec));
    const makeImagesOf = (commands: GoCommand[]) =>
        workThrough(
            specs.filter(({ command }) => commands.some(({ name }) => name === command)),
            make,
        );

    const fetched = specs.filter(({ command }) => !command);
    const fetch = async () => {
        await moto.ensure();
        await workThrough(fetched, make);
    };
    const [first, ...compiled] = byGoMod(sandboxCommands()) as [GoCommand[], ...GoCommand[][]];
    const lane = () =>
        workThrough(compiled, async (commands) => {
            await buildGo(commands);
            await makeImagesOf(commands);
        });
    const compile = async () => {
        await buildGo(first);
        await Promise.all([makeImagesOf(first), lane(), lane()]);
    };
    await Promise.all([compile(), fetch()]).catch((error: Error) => {
        // What is under way comes to its end; nothing new begins.
        fetched.length = compiled.length = 0;
        throw error;
    });
    return [...archives];
}
