// Says what runs, for how long it has run, and what comes next.
import { performance } from "node:perf_hooks";

const running = new Map<string, number>();
const planned: string[] = [];
let ticker: NodeJS.Timeout | undefined;
const tickMs = 20_000;

function seconds(since: number): string {
    const s = Math.round((performance.now() - since) / 1000);
    return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
}

let out: NodeJS.WritableStream = process.stdout;

/** Says it elsewhere from now on: for a command whose standard output is its result. */
export function sayTo(stream: NodeJS.WritableStream): void {
    out = stream;
}

export function say(line: string): void {
    out.write(`${line}\n`);
}

/** Names the steps to come, so that a long one can say what follows it. */
export function plan(titles: string[]): void {
    planned.push(...titles);
}

function tick(): void {
    const now = [...running].map(([title, since]) => `${title} (${seconds(since)})`).join(", ");
    const next = planned[0] ? `; next: ${planned[0]}` : "";
    say(`    … ${now}${next}`);
}

/** Runs one step under its title. A failed step is named, and its error goes on to the caller. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const index = planned.indexOf(title);
    if (index >= 0) planned.splice(index, 1);
    const since = performance.now();
    running.set(title, since);
    ticker ??= setInterval(tick, tickMs).unref();
    say(`  ▸ ${title}`);
    try {
        const result = await work();
        say(`  ✓ ${title} (${seconds(since)})`);
        return result;
    } catch (error) {
        say(`  ✗ ${title} (${seconds(since)})`);
        throw error;
    } finally {
        running.delete(title);
        if (running.size === 0) {
            clearInterval(ticker);
            ticker = undefined;
        }
    }
}

/** Waits until `ready` says so; fails after `timeoutMs` with what was waited for and the last reason. */
export async function waitFor(what: string, timeoutMs: number, ready: () => Promise<boolean | string>): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    let reason = "";
    for (;;) {
        const answer = await ready().catch((error: Error) => error.message);
        if (answer === true) return;
        if (typeof answer === "string") reason = answer;
        if (performance.now() > deadline) {
            throw new Error(`${what} was not ready within ${timeoutMs / 1000} s${reason ? `: ${reason}` : ""}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
    }
}
