// The daemon: looks every second, until it is told to end. The environment says at which cluster.
import { Api } from "../providers/kubernetes/api";
import { findCluster } from "../providers/kubernetes/kubeconfig";
import { look } from "./controllers";

async function main(): Promise<void> {
    const cluster = findCluster({}, process.env);
    if (!cluster) throw new Error("KUBECONFIG names no cluster");
    const api = new Api(cluster);
    const told = new Set<string>();
    for (;;) {
        // An object may have changed or gone meanwhile.
        await look(api, told).catch((error: Error) => console.error(error.message));
        await new Promise((resolve) => setTimeout(resolve, 1000));
    }
}

main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
