// The sandbox's commands, as the Makefile calls them: tsx sandbox/cli.ts <command> [argument...].
import { spawn } from "node:child_process";
import { backup, backups } from "./backup";
import { pidOf } from "./lib/daemons";
import { CommandError, stop } from "./lib/exec";
import { down } from "./down";
import { drill } from "./drill";
import { lint } from "./lint";
import { policy } from "./policy";
import { preview } from "./preview";
import { restore } from "./restore";
import { status } from "./status";
import { token } from "./token";
import { up, UsageError } from "./up";

const commands: Record<string, (argument: string | undefined, ...more: string[]) => Promise<void>> = {
    up,
    down,
    status,
    preview,
    policy,
    token,
    backup,
    backups,
    restore,
    drill,
    lint,
};

async function main(): Promise<void> {
    const [name, argument, ...more] = process.argv.slice(2);
    const command = commands[name ?? ""];
    if (!command) throw new UsageError(`unknown command "${name ?? ""}": one of ${Object.keys(commands).join(", ")}`);
    await command(argument, ...more);
}

/**
 * An interrupted `up` leaves nothing behind that it started. A sandbox that was there before stays.
 * Another process takes it down: this one may start nothing any more, wherever it was.
 */
const foundUp = pidOf("kube-apiserver") !== undefined;
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
        if (interrupted) return;
        interrupted = true;
        stop();
        if (foundUp) process.exit(130);
        process.stderr.write("\nInterrupted: taking down what was started.\n");
        const args = [...process.execArgv, process.argv[1]!, "down"];
        spawn(process.execPath, args, { stdio: "inherit", detached: true }).on("close", () => process.exit(130));
    });
}

main().catch((error: Error) => {
    if (interrupted) return;
    // Another program's failure has said all there is to say; only our own needs to be located.
    const plain = error instanceof UsageError || error instanceof CommandError;
    process.stderr.write(`\n${plain ? error.message : (error.stack ?? error.message)}\n`);
    process.exitCode = 1;
});
