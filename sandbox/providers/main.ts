// Serves all providers in one process until it is told to end: prints their ports as one line of JSON when ready.
import { aws } from "./aws/provider";
import { kubernetes } from "./kubernetes/provider";
import { serve } from "./lib/server";
import { random } from "./random/provider";

async function main(): Promise<void> {
    const modules = [random, kubernetes, aws];
    const servers = await Promise.all(modules.map(serve));
    const ports = Object.fromEntries(modules.map((module, i) => [module.name, servers[i]?.port]));
    console.log(JSON.stringify(ports));

    const stop = (): void => {
        for (const server of servers) server.stop();
        process.exit(0);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
    // The parent's end of the pipe closes with the parent, however that ended.
    process.stdin.once("end", stop);
    process.stdin.resume();
}

main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
