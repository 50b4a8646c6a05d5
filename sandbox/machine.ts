// The machine that stacks are tried on: a Kubernetes node with its add-ons, and the AWS API.
import * as fs from "node:fs";
import { withLock } from "../tools/lib/lock";
import { PlainError } from "../tools/lib/plain-error";
import { say, step } from "../tools/lib/progress";
import { startAws } from "./aws/moto";
import { ensureBuilt } from "./build";
import { installAddons } from "./cluster/addons";
import { cleanNode } from "./cluster/clean";
import { startNode } from "./cluster/node";
import { preparePulumi } from "./environment";
import { pidOf, sweep } from "./lib/daemons";
import { downLock, kubeconfig } from "./lib/paths";
import { problems } from "./preflight";

/** After a crash of the machine nothing of a run is alive, and its AWS API's memory is lost: a fresh one is the way on. */
async function clearDeadRun(): Promise<void> {
    if (!fs.existsSync(kubeconfig) || pidOf("etcd")) return;
    say("An earlier run ended without make down: clearing it away.");
    await stopMachine();
}

/** Brings up cluster and AWS API, or what is missing of them; says whether the latter is new. Fails with what the machine lacks. */
export async function startMachine(): Promise<{ awsIsNew: boolean }> {
    const found = problems();
    if (found.length > 0) throw new PlainError(["This machine cannot run the sandbox yet:", ...found].join("\n  - "));
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

/** Takes all of it away; nothing stays but the cache. It needs no record of what was started, so it works after a crash as well. */
export async function stopMachine(): Promise<void> {
    await withLock(async () => {
        await step("stop every process of the sandbox", sweep);
        await step("remove its mounts, links, rules and files", cleanNode);
    }, downLock);
}
