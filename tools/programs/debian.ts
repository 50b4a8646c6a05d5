// Debian packages: some are installed, since they are tools of every machine; of others the files are only unpacked into the
// cache, so that no service of this machine is started, stopped or replaced.
import * as fs from "node:fs";
import * as path from "node:path";
import { run, which } from "../lib/exec";
import { cacheDir, logDir } from "../lib/paths";
import { step } from "../lib/progress";

const logFile = path.join(logDir, "debian.log");

/** Installs packages. Fails with apt's own message. */
export async function install(packages: string[]): Promise<void> {
    if (packages.length === 0) return;
    await step(`Debian packages: ${packages.join(", ")}`, async () => {
        await run("apt-get", ["update", "-q"], { logFile });
        const args = ["install", "-y", "-q", "--no-install-recommends", ...packages];
        await run("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" }, logFile });
    });
}

/** Installs the packages whose commands the machine lacks: command -> package that brings it. */
export function ensureCommands(packages: Record<string, string>): Promise<void> {
    const missing = Object.entries(packages).filter(([command]) => !which(command));
    return install(missing.map(([, name]) => name));
}

/** Unpacks packages into a folder, in place of what is there, or fails with apt's own message. */
export async function unpack(packages: string[], folder: string): Promise<void> {
    await run("apt-get", ["update", "-q"], { logFile });
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const debs = path.join(folder, "debs");
    fs.mkdirSync(debs);
    // apt drops to a user of its own, which may not enter a home folder.
    await run("apt-get", ["-o", "APT::Sandbox::User=root", "download", ...packages], { cwd: debs, logFile });
    for (const deb of fs.readdirSync(debs)) await run("dpkg", ["-x", path.join(debs, deb), folder], { logFile });
    fs.rmSync(debs, { recursive: true });
}

/** A program that alone was taken from its package. */
export const debianProgram = (name: string) => path.join(cacheDir, "programs", name);

/** Brings a program, and nothing else of its package. */
export async function ensureDebianProgram(name: string, pkg: string): Promise<void> {
    if (fs.existsSync(debianProgram(name))) return;
    await step(`Debian package: ${pkg}, for ${name}`, async () => {
        const folder = `${debianProgram(name)}.partial`;
        await unpack([pkg], folder);
        fs.renameSync(path.join(folder, "usr", "bin", name), debianProgram(name));
        fs.rmSync(folder, { recursive: true });
    });
}
