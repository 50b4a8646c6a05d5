// What the machine must have, told at once and all together, before anything is built.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import { which } from "../tools/lib/exec";
import { cacheDir } from "../tools/lib/paths";
import { versions } from "../tools/programs/versions";
import { bridge } from "./cluster/addresses";
import { linkExists } from "./cluster/link";

const diskGiB = 20;
const memoryGiB = 6;

/** Is version `have` at least `want`, part by part? */
export function atLeast(have: string, want: string): boolean {
    const [a, b] = [have, want].map((v) => v.split(".").map(Number)) as [number[], number[]];
    for (let i = 0; i < b.length; i++) {
        if ((a[i] ?? 0) !== b[i]) return (a[i] ?? 0) > b[i]!;
    }
    return true;
}

function goProblem(): string | undefined {
    if (!which("go"))
        return `Go is missing: install Go ${versions.go} or newer (https://go.dev/dl) and put it on PATH.`;
    const have = /go(\d[\d.]*)/.exec(execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }))?.[1] ?? "0";
    if (atLeast(have, versions.go)) return undefined;
    return `Go ${have} is too old: install Go ${versions.go} or newer (https://go.dev/dl).`;
}

function freeGiB(folder: string): number {
    const stats = fs.statfsSync(folder);
    return (stats.bavail * stats.bsize) / 2 ** 30;
}

/** `make down` drops all rules of kube-proxy, so it must not meet those of another cluster. */
function kubernetesProblem(): string | undefined {
    if (linkExists(bridge) || !which("iptables-save")) return undefined;
    const rules = execFileSync("iptables-save", { encoding: "utf8" });
    if (!rules.includes("KUBE-")) return undefined;
    return "This machine is a Kubernetes node already (it has iptables rules of kube-proxy): use another one, or make down after a crash.";
}

/** Every reason why the sandbox cannot be built or run on this machine, each with what to do. */
export function problems(): string[] {
    const found: (string | undefined)[] = [];
    if (os.platform() !== "linux" || os.arch() !== "x64") {
        return [
            `The sandbox runs on Linux on x86-64; this is ${os.platform()} on ${os.arch()}. Use a virtual machine.`,
        ];
    }
    if (process.getuid?.() !== 0)
        found.push("It must run as root, to make a network bridge, mounts and containers: sudo make up.");
    if (!atLeast(process.versions.node, versions.node)) {
        found.push(`Node ${process.versions.node} is too old: install Node ${versions.node} or newer.`);
    }
    found.push(goProblem());
    if (!which("apt-get"))
        found.push(
            "apt-get is missing: the sandbox takes containerd, the CNI plugins and more from Debian's packages.",
        );
    fs.mkdirSync(cacheDir, { recursive: true });
    const free = freeGiB(cacheDir);
    if (free < diskGiB) {
        found.push(
            `${free.toFixed(1)} GiB are free at ${cacheDir}; ${diskGiB} are needed. Free some, or set XDG_CACHE_HOME.`,
        );
    }
    const memory = os.totalmem() / 2 ** 30;
    if (memory < memoryGiB) found.push(`The machine has ${memory.toFixed(1)} GiB of memory; ${memoryGiB} are needed.`);
    found.push(kubernetesProblem());
    return found.filter((problem) => problem !== undefined);
}
