// Runs tests on the sandbox, which is brought up if it is not, and left as it was found: on-sandbox.ts <file>... [-- <file>...].
// Files set apart by -- run side by side. What the first of these runs says is shown at once, what another says when it has ended.
import { spawn, type StdioOptions } from "node:child_process";
import * as path from "node:path";
import { down, isUp, repoDir, say, takeDownWhenInterrupted, up } from "../sandbox";
import { fail } from "../tools/lib/main";
import { PlainError } from "../tools/lib/plain-error";
import { assertNothingLeft } from "./support/nothing-left";

const mocha = path.join(repoDir, "node_modules/.bin/mocha");
const options = ["--config", path.join(repoDir, "test/.mocharc.sandbox.json")];

/** The lists of files. */
function runsIn(args: string[]): string[][] {
    const runs: string[][] = [[]];
    for (const arg of args) {
        if (arg === "--") runs.push([]);
        else runs.at(-1)!.push(arg);
    }
    return runs;
}

/** Whether the tests of some files pass. */
function pass(files: string[], isShown: boolean): Promise<boolean> {
    const stdio: StdioOptions = isShown ? "inherit" : ["ignore", "pipe", "pipe"];
    const child = spawn(mocha, [...options, ...files], { cwd: repoDir, stdio });
    let report = "";
    for (const stream of [child.stdout, child.stderr])
        stream?.on("data", (data: Buffer) => (report += data.toString()));
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => {
            process.stdout.write(report);
            resolve(code === 0);
        });
    });
}

async function main(): Promise<void> {
    const foundUp = isUp();
    await up();
    const [shown, ...others] = runsIn(process.argv.slice(2));
    for (const files of others) say(`\nBeside it, with a report at the end: ${files.join(" ")}`);
    const passed = await Promise.all([pass(shown!, true), ...others.map((files) => pass(files, false))]);
    if (foundUp && !isUp()) await up();
    if (!foundUp && isUp()) {
        await down();
        assertNothingLeft();
    }
    if (passed.includes(false)) throw new PlainError("Tests failed, as is said above.");
}

const isInterrupted = takeDownWhenInterrupted();
main().catch((error: Error) => {
    if (!isInterrupted()) fail(error);
});
