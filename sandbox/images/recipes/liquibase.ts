// Liquibase from Maven Central on Debian's Java, laid out and run as the official image: user 1001, `liquibase` on PATH.
import * as path from "node:path";
import { run } from "../../../tools/lib/exec";
import { repoDir } from "../../../tools/lib/paths";
import { versions } from "../../versions";
import { packImages } from "../archive";
import { debianLayer, type DebianLayer, settleTimes } from "../debian";
import { keyOf, type ImageSpec } from "../spec";

const source = path.join(__dirname, "../liquibase");
const user = 1001;
const home = "/liquibase";
const classArchive = `${home}/liquibase.jsa`;
/** What the training reads. The archive holds classes only, so it serves any other changelog as well. */
const changelog = path.join(repoDir, "migrations");

export function liquibaseImage(name: string): ImageSpec {
    const config = {
        User: `${user}:${user}`,
        WorkingDir: home,
        Env: ["LANG=C.UTF-8", `LIQUIBASE_HOME=${home}`],
        Entrypoint: ["liquibase"],
    };
    return {
        name,
        archive: "liquibase",
        key: () => keyOf(__filename, [name, versions.debian.suite], [source]),
        async build(outTar, workDir, log) {
            const layerTar = path.join(workDir, "layer.tar");
            const jars = path.join(workDir, "jars");
            log("liquibase: fetching its jars");
            await fetchJars(name.slice(name.lastIndexOf(":") + 1), jars);
            log("liquibase: Debian's Java");
            await debianLayer(layerOf(jars), layerTar, workDir);
            await packImages([{ name, config }], layerTar, outTar, workDir);
        },
    };
}

async function fetchJars(version: string, folder: string): Promise<void> {
    const maven = ["-B", "-q", "-f", path.join(source, "pom.xml"), `-Dliquibase.version=${version}`];
    const copy = ["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${folder}`];
    await run("mvn", [...maven, ...copy]);
}

function layerOf(jars: string): DebianLayer {
    const liquibase = (javaOptions: string, command: string) =>
        `chroot "$1" env -C /tmp LANG=C.UTF-8 JAVA_OPTS='${javaOptions}' liquibase ${command} >&2`;
    const training = "--search-path=changelog --changelog-file=changelog.yaml --url=offline:postgresql update-sql";
    return {
        packages: ["openjdk-17-jre-headless"],
        accounts: [{ name: "liquibase", id: user, home }],
        customize: [
            `mkdir -p "$1${home}/internal" && cp -r '${jars}' "$1${home}/internal/lib"`,
            `install -m 755 '${path.join(source, "liquibase")}' "$1${home}/liquibase"`,
            `ln -s ${home}/liquibase "$1/usr/local/bin/liquibase"`,
            `cp -r '${changelog}' "$1/tmp/changelog"`,
            settleTimes,
            liquibase(`-XX:ArchiveClassesAtExit=${classArchive}`, training),
            // An archive that does not fit is passed over in silence, unless Java is told to need it.
            liquibase(`-Xshare:on -XX:SharedArchiveFile=${classArchive}`, "--version"),
            'rm -rf "$1/tmp/"*',
        ],
    };
}
