// Programs that stay: found again by a mark in their environment, so no pid file can go stale and a crash loses none.
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { alive, goOn, marker } from "../../tools/lib/exec";
import { logDir } from "../../tools/lib/paths";

const nameVariable = "JUSTDB_SANDBOX_DAEMON";

interface Process {
    pid: number;
    parent: number;
    environment: string[];
    command: string[];
}

function processes(): Process[] {
    const found: Process[] = [];
    const partsOf = (file: string) => fs.readFileSync(file, "utf8").split("\0");
    for (const entry of fs.readdirSync("/proc")) {
        if (!/^\d+$/.test(entry)) continue;
        try {
            const stat = fs.readFileSync(`/proc/${entry}/stat`, "utf8");
            const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
            if (state === "Z") continue;
            found.push({
                pid: Number(entry),
                parent: Number(parent),
                environment: partsOf(`/proc/${entry}/environ`),
                command: partsOf(`/proc/${entry}/cmdline`).filter(Boolean),
            });
        } catch {
            // It ended while we looked.
        }
    }
    return found;
}

/** The process id of a daemon by its name; undefined when it does not run. */
export function pidOf(name: string): number | undefined {
    return processes().find((p) => p.environment.includes(`${nameVariable}=${name}`))?.pid;
}

/** Starts a daemon unless it runs already; returns its process id. Its output goes to `<log>/<name>.log`. */
export function start(name: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}): number {
    const existing = pidOf(name);
    if (existing) return existing;
    goOn();
    fs.mkdirSync(logDir, { recursive: true });
    const log = fs.openSync(path.join(logDir, `${name}.log`), "a", 0o600);
    const child = spawn(command, args, {
        env: { ...process.env, ...env, [marker]: "1", [nameVariable]: name },
        stdio: ["ignore", log, log],
        detached: true,
    });
    child.on("error", () => {});
    child.unref();
    fs.closeSync(log);
    if (!child.pid) throw new Error(`${command} cannot be started`);
    return child.pid;
}

/** The last lines of a daemon's log. */
export function logTail(name: string, lines = 15): string {
    const file = path.join(logDir, `${name}.log`);
    if (!fs.existsSync(file)) return "";
    return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

function signal(pid: number, name: NodeJS.Signals): void {
    try {
        process.kill(pid, name);
    } catch {
        // It has ended already.
    }
}

async function endAll(pids: number[], graceMs: number): Promise<void> {
    pids.forEach((pid) => signal(pid, "SIGTERM"));
    const deadline = Date.now() + graceMs;
    while (pids.some(alive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    pids.filter(alive).forEach((pid) => signal(pid, "SIGKILL"));
    while (pids.some(alive) && Date.now() < deadline + 5000) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Ends a daemon, if it runs. */
export async function end(name: string): Promise<void> {
    const pid = pidOf(name);
    if (pid) await endAll([pid], 3000);
}

/** Whether it is another `make down`: one waits for the other. */
const takesDown = ({ command }: Process) => command.at(-1) === "down" && command.at(-2)?.endsWith("sandbox/cli.ts");

/** This process, whatever takes the sandbox down, and those that they run under: never to be ended. */
function spared(all: Process[]): Set<number> {
    const found = new Set<number>();
    for (const from of [process.pid, ...all.filter(takesDown).map(({ pid }) => pid)]) {
        for (let pid: number | undefined = from; pid && pid > 1; pid = all.find((p) => p.pid === pid)?.parent)
            found.add(pid);
    }
    return found;
}

/** Every process that the sandbox ever started and that still runs, and all below them (containers have no mark of their own). */
export function strays(): number[] {
    const all = processes();
    const kept = spared(all);
    const marked = new Set(all.filter((p) => p.environment.includes(`${marker}=1`)).map((p) => p.pid));
    for (let grew = true; grew;) {
        grew = false;
        for (const p of all) {
            if (marked.has(p.parent) && !marked.has(p.pid) && !kept.has(p.pid)) {
                marked.add(p.pid);
                grew = true;
            }
        }
    }
    return [...marked].filter((pid) => !kept.has(pid));
}

/** Kills whatever is left of the sandbox, and what that started while it was being ended. */
export async function sweep(): Promise<void> {
    const rounds = 5;
    for (let round = 0, left = strays(); left.length > 0 && round < rounds; round++, left = strays()) {
        await endAll(left, 3000);
    }
}
