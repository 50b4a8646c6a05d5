// The images of the sandbox. No registry is asked: they are made from Debian packages and from programs built here.
import * as fs from "node:fs";
import * as path from "node:path";
import { unmountBelow } from "../lib/mounts";
import { versions } from "../versions";
import { appImages } from "./recipes/app";
import { barmanSidecarImage } from "./recipes/barman-sidecar";
import { liquibaseImage } from "./recipes/liquibase";
import { barmanPluginImage, corednsImage, operatorImage, pauseImage } from "./recipes/programs";
import { postgresImage } from "./recipes/postgres";
import { redisExporterImage } from "./recipes/redis-exporter";
import { redisImage } from "./recipes/redis";
import type { ImageSpec } from "./spec";

export type { ImageSpec } from "./spec";

/** Every image. Only `key` and `build` look at the files that it is made of. */
export function images(): ImageSpec[] {
    const names = versions.images;
    return [
        pauseImage(names.pause),
        redisImage(names.redis),
        redisExporterImage(names.redisExporter),
        postgresImage(names.postgres),
        ...appImages(names.app),
        liquibaseImage(names.liquibase),
        operatorImage(names.operator),
        barmanPluginImage(names.barmanPlugin),
        barmanSidecarImage(names.barmanSidecar),
        corednsImage(names.coredns),
    ];
}

/** Where the archive of an image stands, once it was made of the inputs that are there now. */
export function archiveFile(spec: ImageSpec, cacheDir: string): string {
    return path.join(cacheDir, `${spec.archive}-${spec.key()}.tar`);
}

/** Returns the archive of an image: the one in the cache if it was made of the same inputs, else a new one. */
export async function buildImage(spec: ImageSpec, cacheDir: string, log: (line: string) => void): Promise<string> {
    const archive = archiveFile(spec, cacheDir);
    if (fs.existsSync(archive)) return archive;
    const workDir = path.join(cacheDir, `${spec.archive}.work`);
    const partial = `${archive}.partial`;
    const clean = async () => {
        await unmountBelow(workDir);
        fs.rmSync(workDir, { recursive: true, force: true });
    };
    await clean(); // of a run that was killed
    fs.mkdirSync(workDir, { recursive: true });
    log(`${spec.name}: building`);
    try {
        await spec.build(partial, workDir, log);
        fs.renameSync(partial, archive);
    } finally {
        await clean();
        fs.rmSync(partial, { force: true });
    }
    removeOlder(spec, cacheDir, archive);
    log(`${spec.name}: ${Math.round(fs.statSync(archive).size / 1e6)} MB`);
    return archive;
}

function removeOlder(spec: ImageSpec, cacheDir: string, archive: string): void {
    const older = new RegExp(`^${spec.archive}-[0-9a-f]+\\.tar$`);
    for (const name of fs.readdirSync(cacheDir)) {
        if (older.test(name) && name !== path.basename(archive)) fs.rmSync(path.join(cacheDir, name));
    }
}
