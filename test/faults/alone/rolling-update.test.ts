import assert from "node:assert/strict";
import { apply, nodeAddress, startLoadBalancers, stopLoadBalancers, versions, waitFor } from "../../../sandbox";
import { apply as applySchema, authorized } from "../../support/app";
import { get, list, podsReady } from "../../support/cluster";
import type { Outcome } from "../../support/http";
import { healthCheckOf, NetworkLoadBalancer, type Node } from "../../support/network-load-balancer";
import { streamWhile } from "../../support/stream";
import { forget, smallest, TestStack, unarchived, type Config } from "../../support/test-stack";

const [image, next] = versions.images.app as [string, string];

/** One pod, so that it takes its node with it. As version 1.0.0 drained it. */
const stack = new TestStack("balanced", "justdb-balanced", {
    ...smallest,
    ...unarchived,
    edge: "loadBalancer",
    loadBalancerSourceRanges: '["10.250.0.0/24"]',
});
const { namespace } = stack;
const asBefore: Config = {
    loadBalancerController: "other",
    allowPlainHttp: "true",
    sessionAffinity: "None",
    drainSeconds: "10",
};
const asNow: Config = { loadBalancerController: "aws-load-balancer-controller" };

const hashLabel = "pod-template-hash";
const app = "app=justdb-cloud";

/**
 * The one node of the sandbox always has a ready pod in a rolling update: the new one is there before the old one ends. With many nodes
 * each has its own pods, and one that loses its last is out. So here the pods of each version count as those of a node of their own: a
 * Service that selects them alone, whose health check port answers as that node's would, and whose port leads to them alone.
 */
async function nodeOf(hash: string): Promise<Node> {
    const service = await get("service", "justdb-cloud", namespace);
    const { externalTrafficPolicy, selector } = service.spec as Record<string, object>;
    const name = `node-${hash}`;
    await apply([
        {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name, namespace },
            spec: {
                type: "LoadBalancer",
                // Nobody makes a load balancer for it.
                loadBalancerClass: "example.com/none",
                externalTrafficPolicy,
                selector: { ...selector, [hashLabel]: hash },
                ports: [{ port: 80, targetPort: 8080 }],
            },
        },
    ]);
    const made = await get("service", name, namespace);
    return {
        healthCheck: `http://${nodeAddress}:${made.spec.healthCheckNodePort}/healthz`,
        url: `http://${nodeAddress}:${made.spec.ports[0].nodePort}`,
    };
}

/** The pods' versions: what their template is known by. */
async function hashes(kind: "pods" | "replicasets"): Promise<string[]> {
    const objects = await list(kind, namespace, app);
    return objects.map(({ metadata }) => metadata.labels![hashLabel]!);
}

async function hashAfter(known: string[]): Promise<string> {
    let hash: string | undefined;
    await waitFor("the update to start a pod", 240_000, async () => {
        hash = (await hashes("pods")).find((one) => !known.includes(one));
        return hash !== undefined;
    });
    return hash!;
}

/** Updates the stack under a stream of requests by way of the load balancer, from before its first step until the old pod is gone. */
async function outcomesOfUpdate(config: Config): Promise<Outcome[]> {
    const version = String(Date.now());
    assert.equal((await applySchema("balanced", version, namespace)).status, 200);
    const path = `/api/v1/schemas/balanced/shop/${version}`;
    const headers = await authorized(namespace);

    const known = await hashes("replicasets");
    const [running] = await hashes("pods");
    const { annotations } = (await get("service", "justdb-cloud", namespace)).metadata;
    const balancer = new NetworkLoadBalancer(healthCheckOf(annotations));
    try {
        const before = await nodeOf(running!);
        balancer.add(before);
        await waitFor("the load balancer to send to the node", 60_000, () => Promise.resolve(balancer.isIn(before)));
        const make = () => ({ method: "GET", url: `${balancer.next()}${path}`, headers });
        const update = async () => {
            const added = hashAfter(known).then(async (hash) => {
                const after = await nodeOf(hash);
                balancer.add(after);
                return after;
            });
            const [after] = await Promise.all([added, stack.up(config)]);
            await podsReady(app, 1, namespace);
            assert.ok(balancer.isIn(after), "the load balancer sends to the new pod's node");
            await waitFor("the old pod's node to be out", 60_000, () => Promise.resolve(balancer.isOut(before)));
        };
        return await streamWhile(make, update, 2);
    } finally {
        balancer.stop();
    }
}

function failures(outcomes: Outcome[]): (string | number)[] {
    const failed = outcomes.filter(({ status }) => status !== 200).map(({ error, status }) => error ?? status!);
    console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
    return failed;
}

/** In this order: the drain is the old pod's, so it is the one before an update that counts. */
describe("a rolling update of the only pod to another node, behind a network load balancer", () => {
    before(async () => {
        startLoadBalancers();
        await stack.up({ ...asBefore, appImage: image });
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopLoadBalancers();
    });

    it("drops requests where the pod drains for ten seconds, as it did in 1.0.0", async () => {
        assert.notDeepEqual(failures(await outcomesOfUpdate({ ...asNow, appImage: next })), []);
    });

    it("drops none where the drain follows from the controller", async () => {
        const outcomes = await outcomesOfUpdate({ ...asNow, appImage: image });
        assert.deepEqual(failures(outcomes), []);
        assert.ok(outcomes.length > 500, `only ${outcomes.length} requests were sent`);
        const seen = new Set(outcomes.map(({ headers }) => headers["x-app-version"]));
        assert.equal(seen.size, 2, "both versions answered");
    });
});
