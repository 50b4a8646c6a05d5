// `make preview STACK=...`: any stack of the project, planned against the sandbox.
import * as fs from "node:fs";
import { CommandError } from "@pulumi/pulumi/automation";
import { withStack } from "./engine";
import { repoDir } from "./lib/paths";
import { policyPack } from "./policy-pack";
import { startMachine, UsageError } from "./up";

/** The stacks that have a file of settings. */
export function stackNames(): string[] {
    const names = fs.readdirSync(repoDir).map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1]);
    return names.filter((name) => name !== undefined);
}

export async function preview(name: string | undefined): Promise<void> {
    if (!name || !stackNames().includes(name)) {
        throw new UsageError(`make preview STACK=${name ?? ""}: no such stack. One of: ${stackNames().join(", ")}`);
    }
    await startMachine();
    const onOutput = (text: string) => process.stdout.write(text);
    await withStack(name, (stack) => stack.preview({ ...policyPack, onOutput, diff: false })).catch((error: Error) => {
        // The engine has said what it is.
        throw error instanceof CommandError ? new UsageError(`The preview of stack ${name} failed.`) : error;
    });
}
