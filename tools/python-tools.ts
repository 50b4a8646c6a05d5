// Runs ruff or pytest, from an environment of their own in the cache: tsx tools/python-tools.ts PROGRAM ARGUMENTS...
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { withLock } from "./lib/lock";
import { cacheDir, repoDir } from "./lib/paths";
import { pythonEnvironment } from "./programs/python";

const requirements = path.join(__dirname, "python-tools", "requirements.txt");
const environment = pythonEnvironment("python-tools", "ruff and pytest", requirements);

async function main([program, ...given]: string[]): Promise<void> {
    // A lock of its own: this need not wait for a sandbox that is being built.
    await withLock(() => environment.ensure(), path.join(cacheDir, "python-tools.lock"));
    const ran = spawnSync(environment.program(program!), given, {
        cwd: repoDir,
        stdio: "inherit",
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    });
    // A program that a signal has ended has no status.
    process.exitCode = ran.status ?? 1;
}

void main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
