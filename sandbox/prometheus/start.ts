// Starts and stops Prometheus, and the daemon that tells it of the app's pods. A test that needs metrics does; `make up` does not.
import * as path from "node:path";
import { ensureImage } from "../build";
import { apply, kubectl, remove } from "../cluster/kubectl";
import { importImage } from "../cluster/node";
import { prometheusImage } from "../images/recipes/prometheus";
import { end, start } from "../lib/daemons";
import { kubeconfig } from "../lib/paths";
import { versions } from "../versions";
import { name, namespace, prometheusObjects } from "./objects";

const daemon = "prometheus-targets";

/** Brings it up for the app's pods of a namespace. */
export async function startPrometheus(scraped: string): Promise<void> {
    const args = ["--require", require.resolve("tsx/cjs"), path.join(__dirname, "targets.ts"), scraped];
    start(daemon, process.execPath, args, { KUBECONFIG: kubeconfig });
    await importImage(await ensureImage(prometheusImage(versions.prometheus)));
    await apply(prometheusObjects);
    await kubectl(["-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=180s"]);
}

/** Takes it away. */
export async function stopPrometheus(): Promise<void> {
    await end(daemon);
    await remove(prometheusObjects);
}
