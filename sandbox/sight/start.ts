// Starts and stops the Prometheus operator with a Prometheus. `make sight` does, and a test of alerts; `make up` does not.
import { waitFor } from "../../tools/lib/progress";
import { ensureGo } from "../../tools/programs/go/build";
import { ensureImage } from "../build";
import { monitorDefinitions } from "../cluster/addons/prometheus-operator";
import { type Definition, installDefinitions } from "../cluster/definitions";
import { apply, kubectl, remove } from "../cluster/kubectl";
import { importImage } from "../cluster/node";
import { prometheusOperatorImage } from "../images/recipes/programs";
import { prometheusImage } from "../images/recipes/prometheus";
import { name, namespace, port, surroundings } from "../prometheus/objects";
import { versions } from "../versions";
import { monitoringObjects, rightsObjects } from "./objects";
import { kubelets, operator, operatorManifest, reloader } from "./operator";

/** Brings it up, and returns Prometheus' URL for this machine. It is compiled once, in some 2 minutes. */
export async function startSight(): Promise<string> {
    await ensureGo([operator, reloader]);
    await importImage(await ensureImage(prometheusOperatorImage(versions.prometheusOperator)));
    await importImage(await ensureImage(prometheusImage(versions.prometheus)));
    const { definitions, objects } = await operatorManifest();
    await installDefinitions(definitions);
    await apply([...surroundings, ...rightsObjects, ...objects, ...monitoringObjects]);
    await kubectl(["-n", namespace, "rollout", "status", `deployment/${operator}`, "--timeout=180s"]);
    const status = ["-n", namespace, "get", "prometheus", name, "-o", "jsonpath={.status.availableReplicas}"];
    await waitFor("Prometheus", 180_000, async () => (await kubectl(status)) === "1");
    const address = await kubectl(["-n", namespace, "get", "service", name, "-o", "jsonpath={.spec.clusterIP}"]);
    return `http://${address}:${port}`;
}

/** Takes it away, and the definitions with every object of these kinds, but for those that stacks have objects of. */
export async function stopSight(): Promise<void> {
    const { definitions, objects } = await operatorManifest();
    const kept = ((await monitorDefinitions()) as Definition[]).map(({ metadata }) => metadata.name);
    const others = definitions.filter(({ metadata }) => !kept.includes(metadata.name));
    // What it made by itself: it would make it again.
    const made = { apiVersion: "v1", kind: "Service", metadata: kubelets };
    await remove([...objects, ...surroundings, ...rightsObjects, made, ...others]);
}
