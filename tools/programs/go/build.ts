// Builds the Go programs of versions.json from their pinned modules. Their go.mod and go.sum stand in folders beside this file.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../../lib/exec";
import { cacheDir, logDir, temporary } from "../../lib/paths";
import { step } from "../../lib/progress";
import { versions, type GoModule } from "../versions";

const goDir = __dirname;

/** A command to build: `built` is what Go calls it, `name` what it is called here, as in `file`. */
export interface GoCommand {
    module: string;
    package: string;
    built: string;
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
            const from = module.ownMain ? "." : path.join(module.path, command);
            // Go calls a program by the last word of its package, but by no major version.
            const built = module.ownMain ? name : path.basename(from.replace(/\/v\d+$/, ""));
            const own = module.rename?.[built] ?? built;
            return { module: name, package: from, built, name: own, file: path.join(dir, own) };
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
    const onPath = goCommands().filter((command) => !versions.goModules[command.module]!.onlyFor);
    return [...new Set(onPath.map((command) => path.dirname(command.file)))].join(":");
}

/** The commands that every part of the sandbox is made of. */
export const sandboxCommands = () => goCommands().filter(({ module }) => !versions.goModules[module]!.onlyFor);

const isMissing = ({ file }: GoCommand) => !fs.existsSync(file);

function groupBy(commands: GoCommand[], keyOf: (command: GoCommand) => string): GoCommand[][] {
    const groups = new Map<string, GoCommand[]>();
    for (const command of commands) groups.set(keyOf(command), [...(groups.get(keyOf(command)) ?? []), command]);
    return [...groups.values()];
}

/** The commands of one go.mod each: they share most of what they are made of, so they are built one after the other. */
export const byGoMod = (commands: GoCommand[]) => groupBy(commands, ({ module }) => moduleDir(module));

/** What is missing of some commands, by the builds that it takes: one for each module. */
function buildsOf(commands: GoCommand[]): GoCommand[][] {
    return groupBy(commands.filter(isMissing), ({ module }) => module);
}

function titleOf(build: GoCommand[]): string {
    const [{ module }] = build as [GoCommand];
    return `build ${module} ${versions.goModules[module]!.version}`;
}

/** The titles of the steps that building some commands takes. */
export const buildTitles = (commands: GoCommand[]) => buildsOf(commands).map(titleOf);

/** Builds some commands by their names, or what is missing of them. */
export function ensureGo(names: string[]): Promise<void> {
    return buildGo(goCommands().filter(({ name }) => names.includes(name)));
}

/** Builds what is missing of some commands. Fails with the compiler's last words. */
export async function buildGo(commands: GoCommand[]): Promise<void> {
    for (const build of buildsOf(commands)) await step(titleOf(build), () => compile(build));
}

/** Builds commands of one module, all in one: while Go links one, it compiles what the others need. */
async function compile(build: GoCommand[]): Promise<void> {
    const [{ module, file }] = build as [GoCommand];
    const stamp = Object.entries(versions.goModules[module]!.stamp ?? {}).map(([k, v]) => `-X ${k}=${v}`);
    const partial = path.join(path.dirname(file), "partial");
    fs.rmSync(partial, { recursive: true, force: true });
    fs.mkdirSync(partial, { recursive: true });
    fs.mkdirSync(temporary, { recursive: true, mode: 0o700 });
    const flags = ["-trimpath", "-ldflags", ["-s -w", ...stamp].join(" ")];
    await run("go", ["build", ...flags, "-o", partial, ...build.map((command) => command.package)], {
        cwd: moduleDir(module),
        // A compiler that is killed leaves some gigabytes.
        env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off", GOTMPDIR: temporary },
        logFile: path.join(logDir, `build-${module}.log`),
    });
    for (const command of build) fs.renameSync(path.join(partial, command.built), command.file);
    fs.rmdirSync(partial);
}
