// `make bench`: what the product costs over a floor, measured side by side in one run.
import { startMachine, up } from "../sandbox";
import { ensureGo } from "../tools/programs/go/build";
import { backup, cleanBackup, prepareBackup } from "./backup";
import { checkov } from "./checkov";
import { head, measure } from "./measure";
import { policy } from "./policy";
import { program } from "./program";

/** On the stack itself, which is brought up if it is not. */
async function measureBackup(): Promise<void> {
    await up();
    try {
        await prepareBackup();
        head();
        for (const measured of backup) await measure(measured);
    } finally {
        await cleanBackup();
    }
}

async function main(): Promise<void> {
    await startMachine();
    await ensureGo(["kube-score"]);
    await checkov.ensure();
    head();
    for (const measured of [...program, ...policy()]) await measure(measured);
    await measureBackup();
}

void main();
