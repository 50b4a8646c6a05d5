// A recorded state: a stack as an earlier version left it, with the configuration to plan on it. test/states/README.md has more.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Deployment, Stack, StepEventMetadata } from "@pulumi/pulumi/automation";
import { repoDir, withStack } from "../../sandbox";

export interface StackSettings {
    /** The stack whose file holds the settings. */
    settingsOf: string;
    /** What differs from them, by full key. */
    config: Record<string, string>;
    /** Configuration that must be encrypted: made up, as it stands here in the clear. */
    secrets: Record<string, string>;
}

export interface RecordedState extends StackSettings {
    deployment: Deployment;
}

export interface RecordedResource {
    urn: string;
    type: string;
    id?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    protect?: boolean;
    retainOnDelete?: boolean;
}

export const statesDir = path.join(repoDir, "test/states");

/** URNs hold the name of the stack, so it is recorded and planned under the same one. */
export const stackOf = (name: string) => `recorded-${name}`;

export const resourcesOf = ({ deployment }: RecordedState): RecordedResource[] =>
    (deployment.deployment as { resources: RecordedResource[] }).resources;

/** Opens the stack of a recorded state with its settings. */
export function openRecorded<T>(name: string, settings: StackSettings, use: (stack: Stack) => Promise<T>): Promise<T> {
    const { settingsOf, config, secrets } = settings;
    return withStack(
        stackOf(name),
        async (stack) => {
            for (const [key, value] of Object.entries(secrets)) await stack.setConfig(key, { value, secret: true });
            return use(stack);
        },
        { settingsOf, config },
    );
}

/** Every recorded state, the oldest version first. */
export function recordedStates(): { version: string; name: string; read: () => RecordedState }[] {
    const folders = fs.readdirSync(statesDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const versions = folders.map((folder) => folder.name).filter((name) => /^\d/.test(name));
    return versions
        .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
        .flatMap((version) => {
            const files = fs.readdirSync(path.join(statesDir, version)).sort();
            return files.map((file) => ({
                version,
                name: path.basename(file, ".json"),
                read: () => JSON.parse(fs.readFileSync(path.join(statesDir, version, file), "utf8")) as RecordedState,
            }));
        });
}

/** Everything that the engine would do to the recorded stack with today's program. Nothing of it is done. */
export function planOn(name: string, state: RecordedState): Promise<StepEventMetadata[]> {
    return openRecorded(name, state, async (stack) => {
        try {
            // Its values are encrypted again, with the key of this stack.
            const own = (await stack.exportStack()).deployment as { secrets_providers?: unknown };
            const recorded = state.deployment.deployment as object;
            const deployment = { ...recorded, secrets_providers: own.secrets_providers };
            await stack.importStack({ ...state.deployment, deployment });
            const steps: StepEventMetadata[] = [];
            await stack.preview({
                onEvent: ({ resourcePreEvent }) => {
                    if (resourcePreEvent) steps.push(resourcePreEvent.metadata);
                },
            });
            return steps;
        } finally {
            // What it says is there was never made here: the stack is forgotten, not destroyed.
            await stack.workspace.removeStack(stackOf(name), { force: true });
        }
    });
}
