// What Argo Rollouts makes of a stack's app, and what somebody does by its command line tool.
import { kubectl, waitFor } from "../../sandbox";
import { get, type KubeObject } from "./cluster";

const name = "justdb-cloud";

export const rolloutOf = (namespace: string): Promise<KubeObject> => get("rollouts.argoproj.io", name, namespace);

/** Waits until a Rollout stands at one of its steps, or at the switch. */
export async function isPaused(namespace: string): Promise<void> {
    await waitFor("the Rollout to pause", 300_000, async () => {
        const { phase, message } = (await rolloutOf(namespace)).status as { phase: string; message?: string };
        return phase === "Paused" || `${phase}: ${message}`;
    });
}

/** As `kubectl argo rollouts promote` does. */
export async function promote(namespace: string): Promise<void> {
    const patch = JSON.stringify({ status: { pauseConditions: null } });
    await kubectl(["-n", namespace, "patch", "rollout", name, "--subresource=status", "--type=merge", "-p", patch]);
}
