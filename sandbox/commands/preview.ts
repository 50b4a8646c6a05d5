// `make preview STACK=...`: any stack of the project, planned against the sandbox.
import { CommandError } from "@pulumi/pulumi/automation";
import { PlainError } from "../../tools/lib/plain-error";
import { readStackFile, stackNames } from "../../tools/lib/stack-file";
import { policyPack } from "../../tools/policy-pack";
import { withStack } from "../engine";
import { startMachine } from "../machine";

export async function preview(name: string | undefined): Promise<void> {
    if (!name || !stackNames().includes(name)) {
        throw new PlainError(`make preview STACK=${name ?? ""}: no such stack. One of: ${stackNames().join(", ")}`);
    }
    // Before a machine is started for it.
    readStackFile(name);
    await startMachine();
    const onOutput = (text: string) => process.stdout.write(text);
    await withStack(name, (stack) => stack.preview({ ...policyPack, onOutput, diff: false })).catch((error: Error) => {
        // The engine has said what it is.
        throw error instanceof CommandError ? new PlainError(`The preview of stack ${name} failed.`) : error;
    });
}
