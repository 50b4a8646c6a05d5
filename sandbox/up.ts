// `make up`: the machine, then the stack on it.
import * as fs from "node:fs";
import { CommandError, ConcurrentUpdateError, type PreviewOptions, type Stack } from "@pulumi/pulumi/automation";
import { startAws } from "./aws/moto";
import { ensureBuilt } from "./build";
import { installAddons } from "./cluster/addons";
import { startNode } from "./cluster/node";
import { down } from "./down";
import { withStack } from "./engine";
import { preparePulumi } from "./environment";
import { pidOf } from "./lib/daemons";
import { withLock } from "./lib/lock";
import { kubeconfig } from "./lib/paths";
import { say, step } from "./lib/progress";
import { policyPack } from "./policy-pack";
import { problems } from "./preflight";
import { describe } from "./summary";

export const sandboxStack = "sandbox";

/** This machine cannot run the sandbox, or a command was used wrongly: said without a stack trace. */
export class UsageError extends Error {}

/** After a crash of the machine nothing of a run is alive, and its AWS API's memory is lost: a fresh one is the way on. */
async function clearDeadRun(): Promise<void> {
    if (!fs.existsSync(kubeconfig) || pidOf("etcd")) return;
    say("An earlier run ended without make down: clearing it away.");
    await down();
}

/** Brings up cluster and AWS API, or what is missing of them; says whether the latter is new. Fails with what the machine lacks. */
export async function startMachine(): Promise<{ awsIsNew: boolean }> {
    const found = problems();
    if (found.length > 0) throw new UsageError(["This machine cannot run the sandbox yet:", ...found].join("\n  - "));
    return withLock(async () => {
        await clearDeadRun();
        const archives = await ensureBuilt();
        await step("Kubernetes node", () => startNode(archives));
        const awsIsNew = await step("AWS API (S3, IAM, STS, KMS) with IAM enforced", startAws);
        await installAddons();
        preparePulumi();
        return { awsIsNew };
    });
}

/** Stops before anything is made when the plan breaks a mandatory rule. An update by itself would stop at the first resource that does. */
async function judgePlan(stack: Stack, options: PreviewOptions): Promise<void> {
    let output = "";
    await stack.preview({ ...options, onOutput: (text) => (output += text) }).catch((error: Error) => {
        process.stdout.write(output);
        const why = error instanceof CommandError ? "what is said above stands against it" : error.message;
        throw new UsageError(`Nothing was changed: ${why}.`);
    });
}

/** What went wrong in an update was shown while it ran. */
function withoutRepeating(error: Error): never {
    if (error instanceof ConcurrentUpdateError)
        throw new UsageError(`Another update of stack ${sandboxStack} is at work: run this again when it has ended.`);
    if (error instanceof CommandError)
        throw new UsageError("The update failed, as is said above. Run this again to go on where it stopped.");
    throw error;
}

/** Brings up the whole stack and says where it is and what to try. */
export async function up(): Promise<void> {
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
