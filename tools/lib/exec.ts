// Running other programs: to their end, with their output kept, never orphaned.
import { spawn, type SpawnOptions } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { PlainError } from "./plain-error";

/** Every program that is started carries this variable, so that `make down` finds it again, even after a crash. */
export const marker = "JUSTDB_SANDBOX";

export interface RunOptions {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    input?: string;
    /** Where the output goes as it comes; it is returned as well. */
    logFile?: string;
}

/** The program ended with a non-zero code, or not at all. The message holds the end of its output. */
export class ProgramError extends PlainError {
    constructor(
        message: string,
        /** All that it wrote to standard output. */
        readonly output = "",
    ) {
        super(message);
    }
}

const running = new Set<ReturnType<typeof spawn>>();
let stopped = false;

/** Fails once `stop` was called: whatever would start a program then comes no further. */
export function goOn(): void {
    if (stopped) throw new ProgramError("interrupted");
}

/** Ends what `run` has under way, and lets this process start nothing any more: for an interrupted command. */
export function stop(): void {
    stopped = true;
    for (const child of running) {
        try {
            process.kill(-child.pid!, "SIGTERM");
        } catch {
            // It has just ended by itself.
        }
    }
}

/**
 * Runs a program to its end and returns what it wrote to standard output.
 * Fails with ProgramError when it cannot be started or ends with a code other than 0.
 */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
    return new Promise((resolve, reject) => {
        goOn();
        const spawnOptions: SpawnOptions = {
            cwd: options.cwd,
            env: { ...process.env, ...options.env, [marker]: "1" },
            stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
            detached: true,
        };
        const child = spawn(command, args, spawnOptions);
        running.add(child);
        let out = "";
        let tail = "";
        if (options.logFile) fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
        const log = options.logFile ? fs.createWriteStream(options.logFile, { flags: "a", mode: 0o600 }) : undefined;
        const keep = (data: Buffer) => {
            log?.write(data);
            tail = (tail + data.toString()).slice(-4000);
        };
        child.stdout!.on("data", (data: Buffer) => {
            out += data.toString();
            keep(data);
        });
        child.stderr!.on("data", keep);
        child.on("error", (error) => {
            running.delete(child);
            reject(new ProgramError(`${command} cannot be started: ${error.message}`));
        });
        child.on("close", (code, signal) => {
            running.delete(child);
            log?.end();
            if (code === 0) return resolve(out);
            const what = `${command} ${args.slice(0, 3).join(" ")} ended with ${signal ?? code}:\n${tail}`;
            reject(new ProgramError(what, out));
        });
        if (options.input !== undefined) child.stdin!.end(options.input);
    });
}

/** Does a process run? One that has ended and that nobody has asked about yet does not count. */
export function alive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return !/\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
        return false;
    }
}

/** Where a command is on PATH; undefined when it is not. */
export function which(command: string): string | undefined {
    return (process.env.PATH ?? "")
        .split(":")
        .map((dir) => `${dir}/${command}`)
        .find((file) => fs.existsSync(file));
}
