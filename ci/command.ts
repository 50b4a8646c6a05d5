// What the programs of this folder have in common: their arguments, and how they end.

/** The program was called wrongly. */
export class UsageError extends Error {}

const isUsage = (error: Error) =>
    error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");

/** Ends with the code that `main` gives; with 2 when it was called wrongly or crashed. */
export function runMain(main: (args: string[], env: NodeJS.ProcessEnv) => Promise<number>): void {
    main(process.argv.slice(2), process.env).then(
        (code) => (process.exitCode = code),
        (error: Error) => {
            process.stderr.write(`${isUsage(error) ? error.message : (error.stack ?? error.message)}\n`);
            process.exitCode = 2;
        },
    );
}

/** The URNs that a pull request's description allows to be replaced or deleted, each in a line `allow-replace: URN`. */
export const allowedIn = (description: string): string[] =>
    [...description.matchAll(/^[\s>*-]*allow-replace:\s*`?(urn:pulumi:[^`\r\n]+?)`?\s*$/gim)].map(([, urn]) => urn!);
