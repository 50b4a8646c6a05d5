import assert from "node:assert/strict";
import { ensureVolumes, kubectl, sandboxStack, waitFor, withStack } from "../../../sandbox";
import { authorized, serves, serviceUrl, shop, type Applied } from "../../support/app";
import { get, namespace, podsReady, primary, sql } from "../../support/cluster";
import { streamWhile } from "../../support/stream";

const scale = (instances: number) =>
    withStack(sandboxStack, async (stack) => void (await stack.up()), {
        config: { "justdb-cloud:postgresInstances": String(instances) },
    });

const readyInstances = async () =>
    (await get("clusters.postgresql.cnpg.io", "justdb-db")).status.readyInstances as number;

describe("the primary's pod deleted under a stream of writes, with 3 instances", () => {
    before(async () => {
        await ensureVolumes();
        await scale(3);
    });

    after(async () => {
        await scale(1);
        await podsReady("cnpg.io/cluster=justdb-db", 1);
        await podsReady("app=justdb-cloud", 2);
    });

    it("loses no acknowledged write, and a standby takes over", async () => {
        await waitFor("3 instances", 300_000, async () => (await readyInstances()) === 3);
        const url = `${await serviceUrl()}/api/v1/schemas/apply`;
        const headers = await authorized();
        const run = Date.now();
        const old = await primary();
        const { uid } = (await get("pod", old)).metadata;
        const write = (index: number) => ({
            method: "POST",
            url,
            headers,
            body: JSON.stringify({ environment: "failover", name: "shop", version: `${run}-${index}`, schema: shop }),
        });
        const outcomes = await streamWhile(write, async () => {
            await new Promise((resolve) => setTimeout(resolve, 5000));
            await kubectl(["-n", namespace, "delete", "pod", old, "--wait=false"]);
            await waitFor("a new primary", 120_000, async () => (await primary()) !== old);
            // The status may still count the pod that is gone.
            await waitFor("another pod for the old primary", 300_000, async () => {
                return (await get("pod", old)).metadata.uid !== uid;
            });
            await waitFor("3 instances again", 300_000, async () => (await readyInstances()) === 3);
            await podsReady("app=justdb-cloud", 2);
            await serves();
            await new Promise((resolve) => setTimeout(resolve, 3000));
        });

        const acknowledged = outcomes.filter((outcome) => outcome.status === 200);
        const gaps = acknowledged.slice(1).map((outcome, i) => outcome.at - acknowledged[i]!.at);
        console.log(
            `      ${acknowledged.length} writes acknowledged, ${outcomes.length - acknowledged.length} refused, ` +
                `${(Math.max(...gaps) / 1000).toFixed(1)} s without writes`,
        );
        const ids = acknowledged.map((outcome) => (JSON.parse(outcome.body) as Applied).id);
        const stored = new Set(
            (await sql(`SELECT id FROM schema_versions WHERE environment = 'failover'`)).split("\n").map(Number),
        );
        assert.deepEqual(
            ids.filter((id) => !stored.has(id)),
            [],
        );
        assert.equal(outcomes.at(-1)!.status, 200, "the app serves again by itself");
        assert.notEqual(await primary(), old);
    });
});
