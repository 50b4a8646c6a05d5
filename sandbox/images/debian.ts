// A root filesystem of Debian packages, written by mmdebstrap as one reproducible layer.
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../tools/lib/exec";
import { versions } from "../versions";
import { epoch, packImages, type ImageConfig } from "./archive";
import { keyOf, type ImageSpec } from "./spec";

export interface Account {
    name: string;
    /** User and group id. */
    id: number;
    home: string;
}

export interface DebianLayer {
    packages: string[];
    /** The release, if it is not the sandbox's own: packages that it does not have come from that. */
    suite?: string;
    /** Made before the packages are configured, so that these find and use them. */
    accounts: Account[];
    /** Files of packages that the image can do without, as dpkg's path-exclude takes them. */
    exclude?: string[];
    /** Shell lines before the packages are configured and after; `$1` is the root filesystem. */
    prepare?: string[];
    customize?: string[];
}

const documentation = ["/usr/share/man/*", "/usr/share/info/*", "/usr/share/locale/*", "/usr/share/doc/*"];

/** What is this machine's or this run's own, and keys that no two images should share. */
const traces = [
    "/etc/resolv.conf /etc/hostname /etc/machine-id /etc/apt/sources.list /etc/apt/sources.list.d/*",
    "/etc/ssl/private/*.key /etc/ssl/certs/ssl-cert-snakeoil.pem /var/cache/ldconfig/aux-cache",
    "/var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*",
    "/var/log/*.log /var/log/apt/* /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow-",
];

/** The AWS SDK of Python describes every service of AWS; S3 is the one that is asked, and STS, for the credentials of a role. */
export const onlyS3AndSts =
    'cd "$1/usr/lib/python3/dist-packages/botocore/data" && find . -mindepth 1 -maxdepth 1 -type d ! -name s3 ! -name sts -exec rm -r {} +';

/** Java compares the times of jars with those that its class archive remembers: to be done before the archive is made. */
export const settleTimes = `find "$1" -xdev -type f -newermt @${epoch} -exec touch -h -d @${epoch} {} +`;

/** An image of packages and nothing else. */
export function debianImage(
    recipe: string,
    archive: string,
    name: string,
    layer: DebianLayer,
    config: ImageConfig,
): ImageSpec {
    return {
        name,
        archive,
        key: () => keyOf(recipe, [name, versions.debian.suite, ...(layer.suite ? [layer.suite] : [])]),
        async build(outTar, workDir) {
            const layerTar = path.join(workDir, "layer.tar");
            await debianLayer(layer, layerTar, workDir);
            await packImages([{ name, config }], layerTar, outTar, workDir);
        },
    };
}

export async function debianLayer(layer: DebianLayer, outTar: string, workDir: string): Promise<void> {
    const hooks = [
        // alternatives of Java and PostgreSQL are linked next to their manual pages
        ...hook("setup", 'mkdir -p "$1/usr/share/man/man1" "$1/usr/share/man/man7"'),
        ...(layer.suite ? hook("setup", alsoOwn(layer.suite)) : []),
        ...layer.accounts.flatMap((account) => hook("essential", addAccount(account))),
        ...(layer.prepare ?? []).flatMap((line) => hook("essential", line)),
        ...(layer.customize ?? []).flatMap((line) => hook("customize", line)),
        ...traces.flatMap((files) => hook("customize", `cd "$1" && rm -rf ${files.replaceAll(/(^| )\//g, "$1./")}`)),
    ];
    const dpkg = [
        "force-unsafe-io",
        ...[...documentation, ...(layer.exclude ?? [])].map((files) => `path-exclude=${files}`),
        "path-include=/usr/share/doc/*/copyright",
    ];
    await run(
        "mmdebstrap",
        [
            ...["--mode=root", "--variant=essential", "--format=tar", "--skip=output/dev"],
            // apt's own user may not enter a home folder
            `--aptopt=APT::Sandbox::User "root"`,
            `--aptopt=Acquire::Retries "3"`,
            ...dpkg.map((option) => `--dpkgopt=${option}`),
            `--include=${layer.packages.join(",")}`,
            ...hooks,
            ...[layer.suite ?? versions.debian.suite, outTar, ...sources(layer, workDir)],
        ],
        { env: { SOURCE_DATE_EPOCH: String(epoch), TMPDIR: workDir, LC_ALL: "C.UTF-8" } },
    );
}

/** The machine's lists of packages; for another release, with its name in them. */
function sources({ suite }: DebianLayer, workDir: string): string[] {
    const own = aptSources("/etc/apt", versions.debian.suite);
    if (!suite) return own;
    return own.map((file) => {
        const copy = path.join(workDir, `${suite}-${path.basename(file)}`);
        fs.writeFileSync(copy, fs.readFileSync(file, "utf8").replaceAll(versions.debian.suite, suite));
        return copy;
    });
}

/** The same lists of the sandbox's own release beside those of another, be they the machine's or mmdebstrap's own. */
const alsoOwn = (suite: string) =>
    [
        'cd "$1/etc/apt"',
        'for list in sources.list sources.list.d/*; do if [ -s "$list" ]',
        `then sed 's/${suite}/${versions.debian.suite}/g' "$list" >"sources.list.d/own-$(basename "$list")"; fi; done`,
    ].join("; ");

function hook(stage: "setup" | "essential" | "customize", line: string): string[] {
    return [`--${stage}-hook=${line}`];
}

/** Debian's base has a group for nearly every small number: an account's number is taken from it. */
function addAccount({ name, id, home }: Account): string {
    return [
        'cd "$1/etc"',
        `sed -i '/^[^:]*:[^:]*:${id}:/d' group`,
        `echo '${name}:x:${id}:' >>group`,
        `echo '${name}:x:${id}:${id}::${home}:/bin/bash' >>passwd`,
    ].join(" && ");
}

/** The machine's own source lists that serve the suite. With none, mmdebstrap takes Debian's. */
export function aptSources(aptDir: string, suite: string): string[] {
    const listDir = path.join(aptDir, "sources.list.d");
    const inListDir = fs.existsSync(listDir) ? fs.readdirSync(listDir).sort() : [];
    const serves = new RegExp(`^(?!\\s*#).*\\s${suite}(\\s|$)`, "m");
    return [
        path.join(aptDir, "sources.list"),
        ...inListDir.filter((name) => /\.(list|sources)$/.test(name)).map((name) => path.join(listDir, name)),
    ].filter((file) => fs.existsSync(file) && serves.test(fs.readFileSync(file, "utf8")));
}
