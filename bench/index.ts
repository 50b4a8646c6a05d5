// `make bench`: what the product costs over an empty program, measured side by side in one run. Only the ratios travel between machines.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { performance } from "node:perf_hooks";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { sandboxEnvironment } from "../sandbox/environment";
import { withStack } from "../sandbox/engine";
import { repoDir, runDir } from "../sandbox/lib/paths";
import { sandboxStack, startMachine } from "../sandbox/up";

const rounds = 5;

interface Measured {
    name: string;
    floor: () => Promise<number>;
    subject: () => Promise<number>;
}

async function timed(work: () => unknown): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}

/** The time of a fresh Node process that loads modules. */
function loading(...modules: string[]): Promise<number> {
    const code = modules.map((module) => `require(${JSON.stringify(module)});`).join("");
    return timed(() => {
        const child = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", code], {
            cwd: repoDir,
            encoding: "utf8",
        });
        if (child.status !== 0) throw new Error(child.stderr);
    });
}

/** The time of a preview of a program with no resources. */
async function emptyPreview(): Promise<number> {
    const workDir = path.join(runDir, "projects", "empty");
    fs.mkdirSync(workDir, { recursive: true });
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "empty", projectName: "empty", program: () => Promise.resolve() },
        { workDir, envVars: sandboxEnvironment() },
    );
    return timed(() => stack.preview());
}

const measured: Measured[] = [
    {
        name: "load the components / load @pulumi/pulumi",
        floor: () => loading("@pulumi/pulumi"),
        subject: () => loading("./components"),
    },
    {
        name: "preview of the whole stack / of an empty program",
        floor: emptyPreview,
        subject: () => withStack(sandboxStack, (stack) => timed(() => stack.preview())),
    },
];

function median(values: number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function main(): Promise<void> {
    await startMachine();
    console.log(`\n${"measurement".padEnd(52)} ${"floor".padStart(9)} ${"subject".padStart(9)} ${"ratio".padStart(7)}`);
    for (const { name, floor, subject } of measured) {
        const pairs: [number, number][] = [];
        // One after the other in each round, so that a machine that slows down slows both. The first round warms up.
        for (let round = 0; round <= rounds; round++) pairs.push([await floor(), await subject()]);
        const counted = pairs.slice(1);
        const [low, high] = [median(counted.map(([a]) => a)), median(counted.map(([, b]) => b))];
        const ratio = median(counted.map(([a, b]) => b / a));
        const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`.padStart(9);
        console.log(`${name.padEnd(52)} ${seconds(low)} ${seconds(high)} ${ratio.toFixed(2).padStart(7)}`);
    }
}

void main();
