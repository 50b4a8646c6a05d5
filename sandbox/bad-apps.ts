// Versions of the app that a rollout must stop: the same program in images that set it up badly. All of them pass their health checks.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../tools/lib/exec";
import { ensureImage } from "./build";
import { importImage } from "./cluster/node";
import { type ImageConfig, packImages } from "./images/archive";
import { appImages } from "./images/recipes/app";
import { keyOf, type ImageSpec } from "./images/spec";
import { versions } from "./versions";

interface Fault {
    env: Record<string, string>;
    /** Options of Java. */
    options: string[];
}

const faults = {
    /** It has no way to the bucket: what needs it is answered with 502. */
    failing: { env: { JUSTDB_STORAGE_S3_ENDPOINT: "http://127.0.0.1:1" }, options: [] },
    /** Each time that it takes a connection to the database it tries it first, which takes a second. */
    slow: {
        env: {
            SPRING_DATASOURCE_HIKARI_CONNECTIONTESTQUERY: "SELECT pg_sleep(1)",
            SPRING_DATASOURCE_HIKARI_VALIDATIONTIMEOUT: "3000",
        },
        options: ["-Dcom.zaxxer.hikari.aliveBypassWindowMs=0"],
    },
} satisfies Record<string, Fault>;

/** Name of an image for each fault. */
export const badApps = Object.fromEntries(
    Object.keys(faults).map((fault) => [fault, `${versions.images.app[0]}-${fault}`]),
) as Record<keyof typeof faults, string>;

/** `app`: the archive of the app's images. */
export const badAppImages = (app: string): ImageSpec => ({
    name: Object.values(badApps).join(", "),
    archive: "bad-apps",
    key: () => keyOf(__filename, [badApps, path.basename(app)]),
    async build(outTar, workDir) {
        const unpacked = path.join(workDir, "app");
        fs.mkdirSync(unpacked);
        await run("tar", ["-xf", app, "-C", unpacked]);
        const read = (file: string) => JSON.parse(fs.readFileSync(path.join(unpacked, file), "utf8")) as unknown;
        const [{ Config, Layers }] = read("manifest.json") as [{ Config: string; Layers: [string] }];
        const { config } = read(Config) as { config: ImageConfig };
        const images = Object.entries<Fault>(faults).map(([fault, { env, options }]) => {
            const [java, ...rest] = config.Entrypoint!;
            const name = badApps[fault as keyof typeof faults];
            const set = { ...env, APP_VERSION: name.slice(name.lastIndexOf(":") + 1) };
            const Env = [...config.Env!.filter((line) => !line.startsWith("APP_VERSION=")), ...linesOf(set)];
            return { name, config: { ...config, Env, Entrypoint: [java!, ...options, ...rest] } };
        });
        await packImages(images, path.join(unpacked, Layers[0]), outTar, workDir);
    },
});

const linesOf = (env: Record<string, string>) => Object.entries(env).map(([name, value]) => `${name}=${value}`);

/** Brings their images to the node. */
export async function loadBadApps(): Promise<void> {
    const [app] = appImages(versions.images.app) as [ImageSpec];
    await importImage(await ensureImage(badAppImages(await ensureImage(app))));
}
