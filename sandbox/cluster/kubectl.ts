// kubectl, against the sandbox's cluster.
import { goBinary } from "../go/build";
import { run } from "../lib/exec";
import { kubeconfig } from "../lib/paths";

/** Runs kubectl as the administrator. Fails with kubectl's own message. */
export function kubectl(args: string[], input?: string): Promise<string> {
    return run(goBinary("kubectl"), ["--kubeconfig", kubeconfig, ...args], { input });
}

/** Applies objects, server-side, as the sandbox's own field manager. */
export async function apply(objects: object[] | string): Promise<void> {
    const input =
        typeof objects === "string" ? objects : JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
    await kubectl(["apply", "--server-side", "--force-conflicts", "--field-manager=sandbox", "-f", "-"], input);
}
