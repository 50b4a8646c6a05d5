// Mocha's own report, with the reason beside each test that fails, as a run may take hours; and before its closing lines where the time went: the
// ten slowest tests, and each file with its hooks.
import * as path from "node:path";
import { type Hook, type MochaOptions, reporters, Runner, type Test } from "mocha";

const { EVENT_HOOK_END, EVENT_TEST_END, EVENT_TEST_FAIL } = Runner.constants;
/** Files that took less are told as one sum. */
const worthTelling = 100;
/** In characters. The closing lines have the whole of it. */
const longestReason = 2000;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`.padStart(9);

export default class TimesReporter extends reporters.Spec {
    private readonly tests: { title: string; took: number }[] = [];
    /** Milliseconds by path. Root hooks are of no file. */
    private readonly files = new Map<string, number>();

    constructor(runner: Runner, options: MochaOptions) {
        super(runner, options);
        runner.on(EVENT_TEST_END, (test) => {
            this.tests.push({ title: `${nameOf(test)}: ${test.fullTitle()}`, took: test.duration ?? 0 });
            this.add(test);
        });
        runner.on(EVENT_HOOK_END, (hook) => this.add(hook));
        runner.on(EVENT_TEST_FAIL, (_test, { message }: Error) => {
            reporters.Base.consoleLog(message.slice(0, longestReason).replace(/^/gm, "      "));
        });
    }

    override epilogue(): void {
        const slowest = this.tests.sort((a, b) => b.took - a.took).slice(0, 10);
        write(
            "the slowest tests",
            slowest.map(({ title, took }) => [title, took]),
        );
        const all = [...this.files].sort(([, a], [, b]) => b - a);
        const few = all.filter(([, took]) => took < worthTelling);
        const rest = few.reduce((sum, [, took]) => sum + took, 0);
        write("the files, with their hooks", [
            ...all.slice(0, all.length - few.length),
            ...(few.length > 0 ? [[`${few.length} more together`, rest] as const] : []),
        ]);
        super.epilogue();
    }

    private add(done: Test | Hook): void {
        const name = nameOf(done);
        this.files.set(name, (this.files.get(name) ?? 0) + (done.duration ?? 0));
    }
}

const nameOf = ({ file }: Test | Hook) => (file ? path.relative("test", file) : "around all files");

function write(title: string, lines: (readonly [string, number])[]): void {
    reporters.Base.consoleLog(`\n  ${title}:`);
    for (const [name, took] of lines) reporters.Base.consoleLog(`${seconds(took)}  ${name}`);
}
