// What the tests of rotations share: requests all along, and updates that are cut off at any moment.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { repoDir } from "../../sandbox";
import { authorized, serviceUrl, shop } from "./app";
import type { Outcome } from "./http";
import { streamWhile } from "./stream";
import type { Config, TestStack } from "./test-stack";

/**
 * Sends authenticated requests while `work` runs, each of which asks the database, Redis and the bucket. All must be answered, and all well.
 * Returns how many there were.
 */
export async function servesWhile(namespace: string, work: () => Promise<unknown>): Promise<number> {
    const [url, headers] = [`${await serviceUrl(namespace)}/api/v1/schemas/apply`, await authorized(namespace)];
    const make = (index: number) => {
        const version = `1.0.${index % 50}`;
        const body = JSON.stringify({ environment: "rotation", name: "shop", version, schema: shop });
        return { method: "POST", url, headers, body };
    };
    const outcomes = await streamWhile(make, async () => void (await work()));
    const failed = outcomes.filter(({ status }) => status !== 200).map(inWords);
    assert.deepEqual(failed, [], `${failed.length} of ${outcomes.length} requests failed`);
    assert.ok(outcomes.length > 10, "requests were sent all along");
    return outcomes.length;
}

const inWords = ({ status, error, body }: Outcome) => `${status ?? error}: ${body.slice(0, 200)}`;

/**
 * Starts an update in processes of its own, and kills all of them, the engine and its providers, after so many milliseconds. Returns what
 * the engine had said until then, and whether the update had ended before.
 */
export function killedAfter(stack: TestStack, ms: number, more: Config): Promise<{ output: string; ended: boolean }> {
    const args = ["test/support/stack-up.ts", stack.name, JSON.stringify(stack.configWith(more))];
    // A group of its own: what the child has started is killed with it.
    const child = spawn("node_modules/.bin/tsx", args, { cwd: repoDir, detached: true });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    return new Promise((resolve, reject) => {
        let killed = false;
        const timer = setTimeout(() => {
            killed = true;
            process.kill(-child.pid!, "SIGKILL");
        }, ms);
        child.on("error", reject);
        child.on("close", () => {
            clearTimeout(timer);
            resolve({ output, ended: !killed });
        });
    });
}
