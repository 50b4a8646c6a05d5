// What Ctrl-C does to a process that brings up the sandbox.
import { spawn } from "node:child_process";
import * as path from "node:path";
import { stop } from "../tools/lib/exec";
import { isTaken } from "../tools/lib/lock";
import { pidOf } from "./lib/daemons";
import { downLock } from "./lib/paths";

export const isUp = () => pidOf("kube-apiserver") !== undefined;

/**
 * Interrupted, this process leaves nothing behind that it started. A sandbox that was there before stays.
 * Another process takes it down: this one may start nothing any more, wherever it was. Returns whether it was interrupted.
 */
export function takeDownWhenInterrupted(): () => boolean {
    const foundUp = isUp();
    let interrupted = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.on(signal, () => {
            if (interrupted) return;
            interrupted = true;
            stop();
            // By `make down` in another terminal: the two would end each other.
            if (foundUp || isTaken(downLock)) process.exit(130);
            process.stderr.write("\nInterrupted: taking down what was started.\n");
            const args = [...process.execArgv, path.join(__dirname, "cli.ts"), "down"];
            spawn(process.execPath, args, { stdio: "inherit", detached: true }).on("close", () => process.exit(130));
        });
    }
    return () => interrupted;
}
