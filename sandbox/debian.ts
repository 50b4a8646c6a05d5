// What the sandbox takes from Debian: the container runtime and the CNI plugins, unpacked into the cache, and a few tools of every
// machine, installed.
import * as fs from "node:fs";
import * as path from "node:path";
import { cacheDir } from "../tools/lib/paths";
import { step } from "../tools/lib/progress";
import { ensureCommands, unpack } from "../tools/programs/debian";
import { versions } from "./versions";

const root = path.join(cacheDir, "debian");
const complete = path.join(root, ".complete");

/** A command of an unpacked package. */
export function debianBinary(name: string): string {
    return path.join(root, "usr", "bin", name);
}

/** The folders of the unpacked commands, for PATH: runc stands in sbin. */
export const debianPath = `${path.join(root, "usr", "bin")}:${path.join(root, "usr", "sbin")}`;

/** The folder of the CNI plugins. */
export const cniPlugins = path.join(root, "usr", "lib", "cni");

/** Brings what is missing of Debian's packages. Fails with apt's own message. */
export async function ensureDebian(): Promise<void> {
    const { installed, unpacked } = versions.debian;
    await ensureCommands(installed);
    if (fs.existsSync(complete)) return;
    await step(`Debian packages: ${unpacked.join(", ")}`, () => unpack(unpacked, root));
    fs.writeFileSync(complete, "");
}
