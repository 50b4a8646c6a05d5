// How the commands of tools/ and sandbox/ end.
import { stop } from "./exec";
import { PlainError } from "./plain-error";

/** Shows why a command failed. Only an error that nobody foresaw has to be located. */
export function fail(error: Error): void {
    process.stderr.write(`\n${error instanceof PlainError ? error.message : (error.stack ?? error.message)}\n`);
    process.exitCode = 1;
}

/** Runs a command to its end. Interrupted, it ends what it has under way. */
export function runMain(command: () => Promise<void>): void {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.on(signal, () => {
            stop();
            process.exit(130);
        });
    }
    command().catch(fail);
}
