// The sandbox's commands, as the Makefile calls them: tsx sandbox/cli.ts <command> [argument].
import { spawn } from "node:child_process";
import { stop } from "../tools/lib/exec";
import { fail } from "../tools/lib/main";
import { PlainError } from "../tools/lib/plain-error";
import { pidOf } from "./lib/daemons";

/** Each is loaded when it is asked for: most need no engine, which is slow to load. */
const commands: Record<string, (argument: string | undefined) => Promise<void>> = {
    up: async () => (await import("./commands/up")).up(),
    down: async () => (await import("./commands/down")).down(),
    status: async () => (await import("./commands/status")).status(),
    preview: async (stack) => (await import("./commands/preview")).preview(stack),
    token: async () => (await import("./commands/token")).token(),
    backup: async () => (await import("./commands/backup")).backup(),
    backups: async () => (await import("./commands/backup")).backups(),
    restore: async (from) => (await import("./commands/restore")).restore(from),
    drill: async () => (await import("./commands/drill")).drill(),
};

async function main(): Promise<void> {
    const [name, argument] = process.argv.slice(2);
    const command = commands[name ?? ""];
    if (!command) throw new PlainError(`unknown command "${name ?? ""}": one of ${Object.keys(commands).join(", ")}`);
    await command(argument);
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
    if (!interrupted) fail(error);
});
