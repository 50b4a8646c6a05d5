// The control groups of the pods: they outlive their pods, and tell which processes are containers when nothing else does any more.
import * as fs from "node:fs";
import * as path from "node:path";
import { waitFor } from "../../tools/lib/progress";

const root = "/sys/fs/cgroup";

/** Every folder of pods, the innermost first: one tree, or one for each controller. */
function podGroups(): string[] {
    const roots = [root, ...fs.readdirSync(root).map((controller) => path.join(root, controller))];
    const pods = roots.filter((dir) => !fs.lstatSync(dir).isSymbolicLink()).map((dir) => path.join(dir, "kubepods"));
    return pods.filter((dir) => fs.existsSync(dir)).flatMap(innermostFirst);
}

function innermostFirst(dir: string): string[] {
    const below = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...below.flatMap((entry) => innermostFirst(path.join(dir, entry.name))), dir];
}

function processesOf(group: string): number[] {
    return fs.readFileSync(path.join(group, "cgroup.procs"), "utf8").split("\n").filter(Boolean).map(Number);
}

/** Kills what is left of containers whose runtime is gone, and removes their groups. */
export async function removePodGroups(): Promise<void> {
    await waitFor("the end of every container", 10_000, () => {
        const left = new Set(podGroups().flatMap(processesOf));
        for (const pid of left) process.kill(pid, "SIGKILL");
        return Promise.resolve(left.size === 0 || `${left.size} processes are left`);
    });
    for (const group of podGroups()) fs.rmdirSync(group);
}
