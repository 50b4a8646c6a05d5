// Debian packages: some are installed, since they are tools of every machine; the container runtime and etcd are only unpacked
// into the cache, so that no service of this machine is started, stopped or replaced.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { run, which } from "./lib/exec";
import { cacheDir, logDir } from "./lib/paths";
import { step } from "./lib/progress";
import { versions } from "./lib/versions";

const root = path.join(cacheDir, "debian");
const logFile = path.join(logDir, "debian.log");

/** A command of an unpacked package. */
export function debianBinary(name: string): string {
    return path.join(root, "usr", "bin", name);
}

/** The folders of the unpacked commands, for PATH: runc stands in sbin. */
export const debianPath = `${path.join(root, "usr", "bin")}:${path.join(root, "usr", "sbin")}`;

/** The folder of the CNI plugins. */
export const cniPlugins = path.join(root, "usr", "lib", "cni");

function missingPackages(): string[] {
    const missing = Object.entries(versions.debian.installed)
        .filter(([command]) => !which(command))
        .map(([, name]) => name);
    // Debian's python3 comes without the module that makes environments.
    if (which("python3") && spawnSync("python3", ["-c", "import ensurepip"]).status !== 0) missing.push("python3-venv");
    return missing;
}

function isUnpacked(): boolean {
    return fs.existsSync(path.join(root, ".complete"));
}

async function unpack(packages: string[], folder: string): Promise<void> {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const debs = path.join(folder, "debs");
    fs.mkdirSync(debs);
    // apt drops to a user of its own, which may not enter a home folder.
    await run("apt-get", ["-o", "APT::Sandbox::User=root", "download", ...packages], { cwd: debs, logFile });
    for (const deb of fs.readdirSync(debs)) await run("dpkg", ["-x", path.join(debs, deb), folder], { logFile });
    fs.rmSync(debs, { recursive: true });
}

/** A program that one command of the Makefile needs. */
export const debianProgram = (name: string) => path.join(cacheDir, "programs", name);

/** Brings the programs that one command of the Makefile needs, and nothing else of their packages. */
export async function ensureDebianPrograms(command: string): Promise<void> {
    for (const [name, pkg] of Object.entries(versions.debian.onlyFor[command] ?? {})) {
        if (fs.existsSync(debianProgram(name))) continue;
        await step(`Debian package: ${pkg}, for ${name}`, async () => {
            await run("apt-get", ["update", "-q"], { logFile });
            const folder = `${debianProgram(name)}.partial`;
            await unpack([pkg], folder);
            fs.renameSync(path.join(folder, "usr", "bin", name), debianProgram(name));
            fs.rmSync(folder, { recursive: true });
        });
    }
}

/** Brings what is missing of Debian's packages. Fails with apt's own message. */
export async function ensureDebian(): Promise<void> {
    const missing = missingPackages();
    if (missing.length === 0 && isUnpacked()) return;
    await step(`Debian packages: ${[...missing, ...versions.debian.unpacked].join(", ")}`, async () => {
        await run("apt-get", ["update", "-q"], { logFile });
        if (missing.length > 0) {
            const args = ["install", "-y", "-q", "--no-install-recommends", ...missing];
            await run("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" }, logFile });
        }
        if (!isUnpacked()) {
            await unpack(versions.debian.unpacked, root);
            fs.writeFileSync(path.join(root, ".complete"), "");
        }
    });
}
