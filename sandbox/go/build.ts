// Builds the Go programs of versions.json from their pinned modules. Their go.mod and go.sum stand in folders beside this file.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../lib/exec";
import { cacheDir, logDir } from "../lib/paths";
import { step } from "../lib/progress";
import { versions, type GoModule } from "../lib/versions";

const goDir = __dirname;

/** A command to build: `name` is the file it becomes. */
export interface GoCommand {
    module: string;
    package: string;
    name: string;
    file: string;
}

/** Where the go.mod is that a module is built by. */
export function moduleDir(name: string): string {
    return path.join(goDir, versions.goModules[name]!.sharesWith ?? name);
}

/** The outcome depends on these alone, so their hash names the folder it is kept in. */
function moduleKey(name: string, module: GoModule): string {
    const hash = createHash("sha256").update(JSON.stringify(module));
    const files = ["go.mod", "go.sum", ...(module.ownMain ? ["main.go"] : [])];
    for (const file of files) hash.update(fs.readFileSync(path.join(moduleDir(name), file)));
    return hash.digest("hex").slice(0, 12);
}

/** Every command, in the order in which they are wanted. */
export function goCommands(): GoCommand[] {
    return Object.entries(versions.goModules).flatMap(([name, module]) => {
        const dir = path.join(cacheDir, "bin", `${name}-${moduleKey(name, module)}`);
        return module.commands.map((command) => {
            const own = command === "." ? name : path.basename(command);
            const file = module.rename?.[own] ?? own;
            const from = module.ownMain ? "." : path.join(module.path, command);
            return { module: name, package: from, name: file, file: path.join(dir, file) };
        });
    });
}

/** The file of a built command. Fails when versions.json does not name it. */
export function goBinary(name: string): string {
    const command = goCommands().find((c) => c.name === name);
    if (!command) throw new Error(`versions.json names no Go command "${name}"`);
    return command.file;
}

/** The folders of the built commands, for PATH. */
export function goPath(): string {
    const onPath = goCommands().filter((command) => {
        const { offPath, onlyFor } = versions.goModules[command.module]!;
        return !offPath && !onlyFor;
    });
    return [...new Set(onPath.map((command) => path.dirname(command.file)))].join(":");
}

export function buildTitle(command: GoCommand): string {
    return `build ${command.name} ${versions.goModules[command.module]!.version}`;
}

/** The commands that are not built yet, of `names` or of all that the sandbox is made of. */
export function missingCommands(names?: string[]): GoCommand[] {
    const wanted = ({ name, module }: GoCommand) =>
        names ? names.includes(name) : !versions.goModules[module]!.onlyFor;
    return goCommands().filter((command) => wanted(command) && !fs.existsSync(command.file));
}

/** Builds some commands, or what is missing of them. */
export async function ensureGo(names: string[]): Promise<void> {
    for (const command of missingCommands(names)) await buildGo(command);
}

/** Builds one command. Fails with the compiler's last words. */
export async function buildGo(command: GoCommand): Promise<void> {
    const stamp = Object.entries(versions.goModules[command.module]!.stamp ?? {}).map(([k, v]) => `-X ${k}=${v}`);
    fs.mkdirSync(path.dirname(command.file), { recursive: true });
    const partial = `${command.file}.partial`;
    const args = ["build", "-trimpath", "-ldflags", ["-s -w", ...stamp].join(" "), "-o", partial, command.package];
    await step(buildTitle(command), () =>
        run("go", args, {
            cwd: moduleDir(command.module),
            env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off" },
            logFile: path.join(logDir, `build-${command.name}.log`),
        }),
    );
    fs.renameSync(partial, command.file);
}
