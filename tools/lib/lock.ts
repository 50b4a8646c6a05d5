// One command at a time builds and starts things; another one waits for it.
import * as fs from "node:fs";
import * as path from "node:path";
import { alive } from "./exec";
import { cacheDir } from "./paths";
import { say } from "./progress";

const machineLock = path.join(cacheDir, "lock");

/** The process that has the lock. That of a process that is gone counts for nothing. */
function ownerOf(file: string): number | undefined {
    const owner = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
    return owner > 0 && alive(owner) ? owner : undefined;
}

/** Takes the lock, or tells who has it. */
function take(file: string): number | undefined {
    try {
        fs.writeFileSync(file, String(process.pid), { flag: "wx" });
        return undefined;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const owner = ownerOf(file);
        if (owner) return owner;
        fs.rmSync(file, { force: true });
        return take(file);
    }
}

/** Whether a process that runs has the lock. */
export const isTaken = (file: string): boolean => ownerOf(file) !== undefined;

/** Runs `work` while no other process runs its own. */
export async function withLock<T>(work: () => Promise<T>, file = machineLock): Promise<T> {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    let told = false;
    for (let owner = take(file); owner; owner = take(file)) {
        if (!told) say(`Another command is at work (process ${owner}): waiting for it.`);
        told = true;
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
    try {
        return await work();
    } finally {
        fs.rmSync(file, { force: true });
    }
}
