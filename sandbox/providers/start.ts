// Starts the providers' process and tells how the engine attaches to it.
import { spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";

export interface RunningProviders {
    /** The value of PULUMI_DEBUG_PROVIDERS. */
    debugProviders: string;
    stop(): Promise<void>;
}

/** The environment says which cluster and account; see main.ts for what the process does. */
export async function startProviders(env: NodeJS.ProcessEnv): Promise<RunningProviders> {
    const args = ["--require", require.resolve("tsx/cjs"), path.join(__dirname, "main.ts")];
    // A group of its own: Ctrl-C in a terminal must reach the engine first, which then needs its providers to finish.
    const child = spawn(process.execPath, args, {
        env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...env },
        stdio: ["pipe", "pipe", "inherit"],
        detached: true,
    });
    const ended = new Promise<string>((resolve) => {
        child.once("error", (error) => resolve(error.message));
        child.once("exit", (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
    const line = new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
    const ready = await Promise.race([line, ended.then((reason) => ({ reason }))]);
    if (typeof ready !== "string") throw new Error(`the sandbox's providers did not start: ${ready.reason}`);
    const ports = Object.entries(JSON.parse(ready) as Record<string, number>);
    return {
        debugProviders: ports.map(([name, port]) => `${name}:${port}`).join(","),
        async stop() {
            child.stdin.end();
            await ended;
        },
    };
}
