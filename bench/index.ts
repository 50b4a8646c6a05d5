// `make bench`: what the product costs over a floor, measured side by side in one run.
import { ensureGo } from "../sandbox/go/build";
import { startMachine } from "../sandbox/up";
import { checkov } from "./checkov";
import { head, measure } from "./measure";
import { policy } from "./policy";
import { program } from "./program";

async function main(): Promise<void> {
    await startMachine();
    await ensureGo(["kube-score"]);
    await checkov.ensure();
    head();
    for (const measured of [...program, ...policy()]) await measure(measured);
}

void main();
