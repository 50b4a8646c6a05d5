// `make up`: the machine, then the stack on it.
import { CommandError, ConcurrentUpdateError, type PreviewOptions, type Stack } from "@pulumi/pulumi/automation";
import { PlainError } from "../../tools/lib/plain-error";
import { say, step } from "../../tools/lib/progress";
import { readStackFile } from "../../tools/lib/stack-file";
import { policyPack } from "../../tools/policy-pack";
import { sandboxStack, withStack } from "../engine";
import { startMachine } from "../machine";
import { describe } from "../summary";

/** Stops before anything is made when the plan breaks a mandatory rule. An update by itself would stop at the first resource that does. */
async function judgePlan(stack: Stack, options: PreviewOptions): Promise<void> {
    let output = "";
    await stack.preview({ ...options, onOutput: (text) => (output += text) }).catch((error: Error) => {
        process.stdout.write(output);
        const why = error instanceof CommandError ? "what is said above stands against it" : error.message;
        throw new PlainError(`Nothing was changed: ${why}.`);
    });
}

/** What went wrong in an update was shown while it ran. */
function withoutRepeating(error: Error): never {
    if (error instanceof ConcurrentUpdateError)
        throw new PlainError(`Another update of stack ${sandboxStack} is at work: run this again when it has ended.`);
    if (error instanceof CommandError)
        throw new PlainError("The update failed, as is said above. Run this again to go on where it stopped.");
    throw error;
}

/** Brings up the whole stack and says where it is and what to try. */
export async function up(): Promise<void> {
    // Before a machine is started for it.
    readStackFile(sandboxStack);
    const { awsIsNew } = await startMachine();
    say(`\nStack ${sandboxStack}:`);
    await withStack(sandboxStack, async (stack) => {
        // What the stack had in an earlier AWS API is gone, and must be made again.
        const options = { ...policyPack, refresh: awsIsNew };
        await step("policies over the plan", () => judgePlan(stack, options));
        const onOutput = (text: string) => process.stdout.write(text);
        const result = await stack
            .up({ ...options, onOutput, onError: onOutput, suppressOutputs: true })
            .catch(withoutRepeating);
        say(describe(result.outputs, result.summary.resourceChanges ?? {}));
    });
}
