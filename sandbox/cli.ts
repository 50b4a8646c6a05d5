// The sandbox's commands, as the Makefile calls them: tsx sandbox/cli.ts <command> [argument].
import { fail } from "../tools/lib/main";
import { PlainError } from "../tools/lib/plain-error";
import { takeDownWhenInterrupted } from "./interrupt";

/** Each is loaded when it is asked for: most need no engine, which is slow to load. */
const commands: Record<string, (argument: string | undefined) => Promise<void>> = {
    up: async () => (await import("./commands/up")).up(),
    down: async () => (await import("./commands/down")).down(),
    status: async () => (await import("./commands/status")).status(),
    preview: async (stack) => (await import("./commands/preview")).preview(stack),
    doctor: async (option) => (await import("./commands/doctor")).doctor(option),
    bundle: async () => (await import("./commands/bundle")).bundle(),
    token: async () => (await import("./commands/token")).token(),
    backup: async () => (await import("./commands/backup")).backup(),
    backups: async () => (await import("./commands/backup")).backups(),
    restore: async (from) => (await import("./commands/restore")).restore(from),
    sight: async () => (await import("./commands/sight")).sight(),
    drill: async () => (await import("./commands/drill")).drill(),
};

async function main(): Promise<void> {
    const [name, argument] = process.argv.slice(2);
    const command = commands[name ?? ""];
    if (!command) throw new PlainError(`unknown command "${name ?? ""}": one of ${Object.keys(commands).join(", ")}`);
    await command(argument);
}

const isInterrupted = takeDownWhenInterrupted();
main().catch((error: Error) => {
    if (!isInterrupted()) fail(error);
});
