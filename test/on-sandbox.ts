// Runs tests on the sandbox, which is brought up if it is not, and left as it was found:
// on-sandbox.ts <file>... [-- <file>...] [--last <file>...].
// Files set apart by -- run side by side, those of --last when the others have ended.
import { spawn, type StdioOptions } from "node:child_process";
import * as path from "node:path";
import { down, isUp, repoDir, say, takeDownWhenInterrupted, up } from "../sandbox";
import { fail } from "../tools/lib/main";
import { PlainError } from "../tools/lib/plain-error";
import { assertNothingLeft } from "./support/nothing-left";

const mocha = path.join(repoDir, "node_modules/.bin/mocha");
const options = ["--config", path.join(repoDir, "test/.mocharc.sandbox.json")];

/** The lists of files that run side by side, and what comes after them. */
function runsIn(args: string[]): { beside: string[][]; last: string[] } {
    const beside: string[][] = [[]];
    const end = args.indexOf("--last");
    for (const arg of end < 0 ? args : args.slice(0, end)) {
        if (arg === "--") beside.push([]);
        else beside.at(-1)!.push(arg);
    }
    return { beside, last: end < 0 ? [] : args.slice(end + 1) };
}

/** Mocha begins each outermost suite so. */
const suiteBegins = /\n\n {2}(?=\S)/g;

/** Whether the tests of some files pass. Alone they say at once what they do, beside others suite by suite. */
function pass(files: string[], isAlone: boolean): Promise<boolean> {
    const stdio: StdioOptions = isAlone ? "inherit" : ["ignore", "pipe", "pipe"];
    const child = spawn(mocha, [...options, ...files], { cwd: repoDir, stdio });
    let report = "";
    const tell = (end: number) => {
        process.stdout.write(report.slice(0, end));
        report = report.slice(end);
    };
    for (const stream of [child.stdout, child.stderr])
        stream?.on("data", (data: Buffer) => {
            report += data.toString();
            tell([...report.matchAll(suiteBegins)].at(-1)?.index ?? 0);
        });
    // Also what an interrupt cuts off.
    process.once("exit", () => tell(report.length));
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => {
            tell(report.length);
            resolve(code === 0);
        });
    });
}

async function main(): Promise<void> {
    const foundUp = isUp();
    await up();
    const { beside, last } = runsIn(process.argv.slice(2));
    if (beside.length > 1)
        say(`\n${beside.length} lists of tests run side by side, and each suite is told when it has ended.`);
    const passed = await Promise.all(beside.map((files) => pass(files, beside.length === 1)));
    if (last.length > 0) passed.push(await pass(last, true));
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
