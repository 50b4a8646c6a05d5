// kubectl, against the sandbox's cluster.
import { run } from "../../tools/lib/exec";
import { goBinary } from "../../tools/programs/go/build";
import { kubeconfig } from "../lib/paths";

/** Runs kubectl as the administrator. Fails with kubectl's own message. */
export function kubectl(args: string[], input?: string): Promise<string> {
    return run(goBinary("kubectl"), ["--kubeconfig", kubeconfig, ...args], { input });
}

const listOf = (items: object[]) => JSON.stringify({ apiVersion: "v1", kind: "List", items });

/** Applies objects, server-side, as the sandbox's own field manager. */
export async function apply(objects: object[] | string): Promise<void> {
    const input = typeof objects === "string" ? objects : listOf(objects);
    await kubectl(["apply", "--server-side", "--force-conflicts", "--field-manager=sandbox", "-f", "-"], input);
}

/** Deletes objects, in their order, and waits until they are gone. One that is not there is gone. */
export async function remove(objects: object[]): Promise<void> {
    await kubectl(["delete", "--ignore-not-found", "--wait", "-f", "-"], listOf(objects));
}

/** One value of a Secret in the cluster. */
export async function secretValue(namespace: string, name: string, key: string): Promise<string> {
    const path = `jsonpath={.data.${key.replaceAll(".", "\\.")}}`;
    return Buffer.from(await kubectl(["-n", namespace, "get", "secret", name, "-o", path]), "base64").toString();
}
