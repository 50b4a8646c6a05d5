// The stand-in for the app: Debian's Java and the Spring Boot program in sandbox/app. Versions differ in their label only.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../../tools/lib/exec";
import { versions } from "../../versions";
import { packImages } from "../archive";
import { debianLayer, type DebianLayer, settleTimes } from "../debian";
import { keyOf, type ImageSpec } from "../spec";

const source = path.join(__dirname, "../../app");
const inputs = ["pom.xml", "training.yml", "src/main"].map((name) => path.join(source, name));
const user = 10001;
const classArchive = "/app/justdb-cloud.jsa";

/**
 * Quick to start on a small machine. The class archive, made with the same flags, halves the start's work. Which collector of garbage it
 * has follows from the limits of its pod.
 */
const java = ["java", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"];
const memory = ["-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError"];
const jar = ["-jar", "/app/justdb-cloud.jar"];

export function appImages(names: string[]): ImageSpec[] {
    const images = names.map((name) => ({
        name,
        config: {
            User: `${user}:${user}`,
            WorkingDir: "/app",
            Env: [`APP_VERSION=${name.slice(name.lastIndexOf(":") + 1)}`, "LANG=C.UTF-8"],
            Entrypoint: [...java, ...memory, `-XX:SharedArchiveFile=${classArchive}`, ...jar],
        },
    }));
    return names.map((name) => ({
        name,
        archive: "app",
        key: () => keyOf(__filename, [names, versions.debian.suite], inputs),
        async build(outTar, workDir, log) {
            const layerTar = path.join(workDir, "layer.tar");
            log("the app: compiling");
            const program = await compile(workDir);
            log("the app: Debian's Java and the class archive");
            await debianLayer(layerOf(program), layerTar, workDir);
            await packImages(images, layerTar, outTar, workDir);
        },
    }));
}

/** Returns a folder with the jar and, beside it, the libraries unpacked: Java starts faster from these. */
async function compile(workDir: string): Promise<string> {
    const target = path.join(workDir, "target");
    const program = path.join(workDir, "program");
    const maven = ["-B", "-q", "-f", path.join(source, "pom.xml"), `-Doutput.folder=${target}`];
    await run("mvn", [...maven, "-Dmaven.test.skip=true", "package"]);
    const extract = ["-Djarmode=tools", "-jar", path.join(target, "justdb-cloud.jar"), "extract"];
    await run("java", [...extract, "--destination", program]);
    fs.copyFileSync(path.join(source, "training.yml"), path.join(program, "training.yml"));
    return program;
}

function layerOf(program: string): DebianLayer {
    const trained = [...java, `-XX:ArchiveClassesAtExit=${classArchive}`, "-Dspring.context.exit=onRefresh", ...jar];
    const config = "--spring.config.additional-location=file:/app/training.yml";
    return {
        packages: ["openjdk-17-jre-headless"],
        accounts: [{ name: "justdb", id: user, home: "/app" }],
        customize: [
            `cp -r '${program}' "$1/app" && mkdir "$1/app/config" "$1/app/logs" && chown ${user}:${user} "$1/app/logs"`,
            settleTimes,
            `chroot "$1" env APP_VERSION=training ${trained.join(" ")} ${config} >&2`,
            'rm "$1/app/training.yml" && rm -rf "$1/tmp/"*',
        ],
    };
}
