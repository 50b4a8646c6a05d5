// Python programs of PyPI, each in an environment of its own in the cache, with every package pinned.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { run, which } from "../lib/exec";
import { cacheDir, logDir } from "../lib/paths";
import { step } from "../lib/progress";
import { install } from "./debian";

export interface PythonEnvironment {
    /** Installs it, unless it is there. Fails with what pip said last. */
    ensure: () => Promise<void>;
    /** The file of one of its programs. */
    program: (name: string) => string;
}

/** Debian's python3 comes without the module that makes environments. */
async function ensurePython(): Promise<void> {
    const complete = which("python3") && spawnSync("python3", ["-c", "import ensurepip"]).status === 0;
    if (!complete) await install(["python3-venv"]);
}

/** The environment of a file of requirements; a change of the file makes another one. */
export function pythonEnvironment(name: string, title: string, requirements: string): PythonEnvironment {
    const key = createHash("sha256").update(fs.readFileSync(requirements)).digest("hex").slice(0, 12);
    const folder = path.join(cacheDir, `${name}-${key}`);
    const program = (file: string) => path.join(folder, "bin", file);
    const complete = path.join(folder, ".complete");
    const ensure = async () => {
        if (fs.existsSync(complete)) return;
        await ensurePython();
        await step(title, async () => {
            const logFile = path.join(logDir, `${name}-install.log`);
            fs.rmSync(folder, { recursive: true, force: true });
            await run("python3", ["-m", "venv", folder], { logFile });
            const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "-r", requirements];
            await run(program("python"), pip, { logFile });
            fs.writeFileSync(complete, "");
        });
    };
    return { ensure, program };
}
