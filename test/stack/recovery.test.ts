import assert from "node:assert/strict";
import { kubectl, waitFor } from "../../sandbox";
import { apply, serves, serviceUrl } from "../support/app";
import { isReady, list, namespace, podsReady } from "../support/cluster";
import { request } from "../support/http";

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

describe("when something the app stands on goes away", () => {
    it("Redis: the Service stops routing, and serves again by itself", async () => {
        const before = await restarts();
        await kubectl(["-n", namespace, "scale", "statefulset/justdb-redis", "--replicas=0"]);
        try {
            await stopsRouting();
        } finally {
            await kubectl(["-n", namespace, "scale", "statefulset/justdb-redis", "--replicas=1"]);
        }
        await recovers(before);
    });

    it("PostgreSQL: the Service stops routing, and serves again by itself", async () => {
        const hibernate = (state: string) =>
            kubectl([
                "-n",
                namespace,
                "annotate",
                "--overwrite",
                "cluster.postgresql.cnpg.io/justdb-db",
                `cnpg.io/hibernation=${state}`,
            ]);
        const before = await restarts();
        await hibernate("on");
        try {
            await stopsRouting();
        } finally {
            await hibernate("off");
        }
        await recovers(before);
    });
});
