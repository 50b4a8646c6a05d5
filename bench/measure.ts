// Two things timed side by side, round by round, so that a machine that slows down slows both. Only the ratio travels between machines.
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { repoDir } from "../tools/lib/paths";

/** A measurement: the time of `subject` over that of `floor`, both in ms. */
export interface Measured {
    name: string;
    rounds: number;
    floor: () => Promise<number>;
    subject: () => Promise<number>;
}

export async function timed(work: () => unknown): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}

/** The time of a program from start to end. Fails when it ends with a code that is not among `codes`. */
export function timedProgram(
    command: string,
    args: string[],
    env: NodeJS.ProcessEnv = {},
    codes = [0],
): Promise<number> {
    return timed(() => {
        const options = {
            cwd: repoDir,
            encoding: "utf8",
            env: { ...process.env, ...env },
            maxBuffer: 1 << 30,
        } as const;
        const { status, stdout, stderr, error } = spawnSync(command, args, options);
        if (error ?? (status === null || !codes.includes(status)))
            throw new Error(
                `${command} ended with ${status}: ${error?.message ?? ""}\n${stderr.slice(-2000)}${stdout.slice(-2000)}`,
            );
    });
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`.padStart(9);

export function head(): void {
    console.log(`\n${"measurement".padEnd(64)} ${"floor".padStart(9)} ${"subject".padStart(9)} ${"ratio".padStart(7)}`);
}

/** Measures, and prints a line of the table. The first round warms up and does not count. */
export async function measure({ name, rounds, floor, subject }: Measured): Promise<void> {
    const pairs: [number, number][] = [];
    for (let round = 0; round <= rounds; round++) pairs.push([await floor(), await subject()]);
    const counted = pairs.slice(1);
    const [low, high] = [median(counted.map(([a]) => a)), median(counted.map(([, b]) => b))];
    const ratio = median(counted.map(([a, b]) => b / a));
    console.log(`${name.padEnd(64)} ${seconds(low)} ${seconds(high)} ${ratio.toFixed(2).padStart(7)}`);
}
