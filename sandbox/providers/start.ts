// Starts the providers' process and tells how the engine attaches to it.
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { marker } from "../../tools/lib/exec";

const kept = new Map<string, Promise<string>>();

/**
 * The value of PULUMI_DEBUG_PROVIDERS. The environment says which cluster and account; see main.ts for what the process does. Its
 * start takes seconds, so the next stack of the same environment gets the same one, unless that has ended. It ends with this
 * process, which it does not keep from ending.
 */
export function providersFor(env: Record<string, string>): Promise<string> {
    const key = JSON.stringify(env);
    const existing = kept.get(key);
    if (existing) return existing;
    const started = start(env, () => kept.delete(key));
    kept.set(key, started);
    return started;
}

async function start(env: Record<string, string>, onEnd: () => void): Promise<string> {
    const args = ["--require", require.resolve("tsx/cjs"), path.join(__dirname, "main.ts")];
    // A group of its own: Ctrl-C in a terminal must reach the engine first, which then needs its providers to finish.
    const child = spawn(process.execPath, args, {
        env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...process.env, ...env, [marker]: "1" },
        stdio: ["pipe", "pipe", "inherit"],
        detached: true,
    });
    const line = new Promise<string>((resolve, reject) => {
        const end = (reason: string) => {
            onEnd();
            reject(new Error(`the sandbox's providers did not start: ${reason}`));
        };
        createInterface(child.stdout).once("line", resolve);
        child.once("error", (error) => end(error.message));
        child.once("exit", (code, signal) => end(`ended with ${signal ?? code}`));
    });
    const ports = Object.entries(JSON.parse(await line) as Record<string, number>);
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as Socket).unref();
    return ports.map(([name, port]) => `${name}:${port}`).join(",");
}
