// The real Pulumi engine, run on the project's own program and stack files, with the sandbox's providers.
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { alive } from "../tools/lib/exec";
import { repoDir } from "../tools/lib/paths";
import { say } from "../tools/lib/progress";
import { readStackFile } from "../tools/lib/stack-file";
import { preparePulumi, sandboxEnvironment } from "./environment";
import { projectDir, pulumiState } from "./lib/paths";
import { providersFor } from "./providers/start";
import { ownNamespace, saltOf, sandboxSettings } from "./stack-file";

const project = "justdb-cloud";

/** The stack that `make up` brings up. */
export const sandboxStack = "sandbox";

/** What a stack may be opened with beside its own file. */
export interface StackOptions {
    /** Configuration over that of the stack file, by full key (`justdb-cloud:replicas`). */
    config?: Record<string, string>;
    /** The stack whose file holds the settings, when it is not the stack's own. */
    settingsOf?: string;
    /** Runs in the place of the project's own program. */
    program?: () => Promise<Record<string, unknown>>;
    /** The folder of another version of the project, whose program and files these are then. */
    sources?: string;
}

/**
 * The engine writes into the folder it works in (a stack's salt), so it gets a copy of the project and stack files.
 * Fails when the project has no such stack file.
 */
function projectCopy(stack: string, { settingsOf = stack, config, sources = repoDir }: StackOptions): string {
    const dir = projectDir(stack);
    fs.mkdirSync(dir, { recursive: true });
    fs.copyFileSync(path.join(sources, "Pulumi.yaml"), path.join(dir, "Pulumi.yaml"));
    // The engine wants to see the program's main file; what runs is the one of the project itself.
    fs.copyFileSync(path.join(sources, "index.ts"), path.join(dir, "index.ts"));
    const copy = path.join(dir, `Pulumi.${stack}.yaml`);
    const salt = fs.existsSync(copy) ? saltOf(fs.readFileSync(copy, "utf8")) : undefined;
    const file = readStackFile(settingsOf, sources);
    // On a cluster of its own it would be alone.
    const namespace = settingsOf === stack && stack !== sandboxStack ? ownNamespace(stack, file) : undefined;
    const { text, leftOut } = sandboxSettings(file, salt, { ...namespace, ...config });
    if (leftOut.length > 0)
        say(`Left out in the sandbox, as it is for another cluster, account or key: ${leftOut.join(", ")}`);
    if (namespace) say(`In the sandbox in a namespace of its own: ${Object.values(namespace).join()}`);
    fs.writeFileSync(copy, text);
    return dir;
}

/** Runs the program of the project in a folder, afresh each time. */
function programOf(sources = repoDir): Promise<Record<string, unknown>> {
    const load = createRequire(__filename);
    const index = path.join(sources, "index.ts");
    delete load.cache[index];
    return Promise.resolve({ ...(load(index) as Record<string, unknown>) });
}

/** A killed engine leaves its lock behind. It is taken away only when the process that made it is gone. */
async function dropStaleLock(stack: Stack): Promise<void> {
    const dir = path.join(pulumiState, ".pulumi", "locks", "organization", project, stack.name);
    if (!fs.existsSync(dir)) return;
    const locks = fs.readdirSync(dir).filter((file) => file.endsWith(".json"));
    const owners = locks.map(
        (file) => (JSON.parse(fs.readFileSync(path.join(dir, file), "utf8")) as { pid: number }).pid,
    );
    if (owners.length > 0 && !owners.some(alive)) await stack.cancel();
}

let command: Promise<PulumiCommand> | undefined;

/** Opens a stack and gives it to `use`. */
export async function withStack<T>(
    name: string,
    use: (stack: Stack) => Promise<T>,
    options: StackOptions = {},
): Promise<T> {
    // Dear to load, and not every importer of this file opens a stack.
    preparePulumi();
    const env = sandboxEnvironment();
    const PULUMI_DEBUG_PROVIDERS = await providersFor(env);
    const stack = await LocalWorkspace.createOrSelectStack(
        {
            stackName: name,
            projectName: project,
            program: options.program ?? (() => programOf(options.sources)),
        },
        {
            workDir: projectCopy(name, options),
            envVars: { ...env, PULUMI_DEBUG_PROVIDERS },
            // Which engine it is, and how new, is asked once.
            pulumiCommand: await (command ??= PulumiCommand.get()),
        },
    );
    await dropStaleLock(stack);
    return use(stack);
}
