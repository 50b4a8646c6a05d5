// `make down`: nothing stays but the cache. It needs no record of what was started, so it works after a crash as well.
import { cleanNode } from "./cluster/clean";
import { sweep } from "./lib/daemons";
import { step } from "./lib/progress";

export async function down(): Promise<void> {
    await step("stop every process of the sandbox", sweep);
    await step("remove its mounts, links, rules and files", cleanNode);
}
