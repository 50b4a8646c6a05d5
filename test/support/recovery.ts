// How the app goes when something that it stands on is away, and comes back by itself.
import assert from "node:assert/strict";
import { waitFor } from "../../sandbox";
import { apply, serves, serviceUrl } from "./app";
import { isReady, list, namespace, podsReady } from "./cluster";
import { request } from "./http";

const appPods = "app=justdb-cloud";

async function readyEndpoints(): Promise<number> {
    const slices = (await list("endpointslices", namespace, "kubernetes.io/service-name=justdb-cloud")) as unknown as {
        endpoints?: { conditions: { ready: boolean } }[];
    }[];
    return slices.flatMap((slice) => slice.endpoints ?? []).filter((endpoint) => endpoint.conditions.ready).length;
}

async function stopsRouting(): Promise<void> {
    await waitFor("every app pod to be unready", 90_000, async () => {
        const ready = (await list("pods", namespace, appPods)).filter(isReady).length;
        return ready === 0 || `${ready} are Ready`;
    });
    await waitFor("the Service to route nowhere", 20_000, async () => (await readyEndpoints()) === 0);
    const url = `${await serviceUrl()}/health/live`;
    await waitFor(
        "the Service's address to refuse",
        20_000,
        async () => (await request("GET", url)).status === undefined,
    );
}

/** How often each app pod was restarted, by its name. */
async function restarts(): Promise<Record<string, number>> {
    const counts = (await podsReady(appPods, 2)).map(({ metadata, status }) => {
        const [container] = status.containerStatuses as { restartCount: number }[];
        return [metadata.name, container!.restartCount] as const;
    });
    return Object.fromEntries(counts);
}

async function recovers(before: Record<string, number>): Promise<void> {
    const after = await restarts();
    await waitFor("the Service to route again", 20_000, async () => (await readyEndpoints()) === 2);
    await serves();
    assert.equal((await apply("recovery", String(Date.now()))).status, 200);
    assert.deepEqual(after, before, "the pods were restarted in place of recovering by themselves");
}

/** Takes something away until the Service routes nowhere, gives it back, and sees that the app serves again without a restart. */
export async function goesAndRecovers(take: () => Promise<unknown>, give: () => Promise<unknown>): Promise<void> {
    const before = await restarts();
    await take();
    try {
        await stopsRouting();
    } finally {
        await give();
    }
    await recovers(before);
}
