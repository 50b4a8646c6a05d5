// The built programs on PATH.
import * as path from "node:path";
import { goPath } from "./go/build";

/** Holds the program by which the engine starts a policy pack. */
const launchers = path.join(__dirname, "bin");

/** Puts the built programs onto this process's own PATH, once: the Automation API looks for the engine there. */
export function useProgramPath(): void {
    const programs = `${launchers}:${goPath()}`;
    if (!process.env.PATH?.startsWith(programs)) process.env.PATH = `${programs}:${process.env.PATH}`;
}
