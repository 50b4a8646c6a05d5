// What Argo Rollouts makes of a stack's app, and what somebody does by its command line tool.
import { kubectl, waitFor } from "../../sandbox";
import { get, type KubeObject } from "./cluster";
import { settled } from "./edge-lab";

const name = "justdb-cloud";

interface Weight {
    weight: number;
}

export const rolloutOf = (namespace: string): Promise<KubeObject> => get("rollouts.argoproj.io", name, namespace);

/** Waits until a Rollout stands at one of its steps, or at the switch. */
export async function isPaused(namespace: string): Promise<void> {
    await waitFor("the Rollout to pause", 300_000, async () => {
        const { phase, message } = (await rolloutOf(namespace)).status as { phase: string; message?: string };
        return phase === "Paused" || `${phase}: ${message}`;
    });
}

/** When the edge gives a new version so many percent of the requests, in milliseconds of this process: from when it surely knows of it. */
export async function spanOfWeight(percent: number, namespace: string): Promise<{ from: number; until: number }> {
    const weight = async () => {
        const { canary } = (await rolloutOf(namespace)).status as { canary?: { weights?: { canary: Weight } } };
        return canary?.weights?.canary.weight;
    };
    await waitFor(`${percent} % of the requests`, 300_000, async () => (await weight()) === percent);
    await settled();
    const from = performance.now();
    let until = from;
    await waitFor(`the end of ${percent} % of the requests`, 300_000, async () => {
        const known = performance.now();
        if ((await weight()) !== percent) return true;
        until = known;
        return false;
    });
    return { from, until };
}

/** As `kubectl argo rollouts promote` does. */
export async function promote(namespace: string): Promise<void> {
    const patch = JSON.stringify({ status: { pauseConditions: null } });
    await kubectl(["-n", namespace, "patch", "rollout", name, "--subresource=status", "--type=merge", "-p", patch]);
}
