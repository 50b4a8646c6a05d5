// Records a stack that is up: record-state.ts <version> <name> <settings as JSON>. test/states/README.md says how such a stack is made.
import * as fs from "node:fs";
import * as path from "node:path";
import {
    openRecorded,
    type RecordedResource,
    type RecordedState,
    type StackSettings,
    statesDir,
} from "./recorded-state";
import { withoutNoise } from "./state-noise";
import { withoutSecrets } from "./state-secrets";

interface State {
    resources: RecordedResource[];
    pending_operations?: unknown[];
    secrets_providers?: unknown;
}

async function record(version: string, name: string, settings: StackSettings): Promise<string> {
    const exported = await openRecorded(name, settings, (stack) => stack.exportStack());
    const state = exported.deployment as State;
    // The key of this stack is of no use to another one.
    delete state.secrets_providers;
    if (!state.resources?.length) throw new Error("the stack is empty");
    if (state.pending_operations?.length) throw new Error("an update of the stack was cut off");
    const clean = withoutSecrets(withoutNoise(state), Object.values(settings.secrets));
    const recorded: RecordedState = { ...settings, deployment: { ...exported, deployment: clean } };
    const file = path.join(statesDir, version, `${name}.json`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(recorded, null, 1)}\n`);
    return file;
}

const [version, name, settings] = process.argv.slice(2) as [string, string, string];

void record(version, name, JSON.parse(settings) as StackSettings).then(console.log, (error: Error) => {
    console.error(error.message);
    process.exit(1);
});
