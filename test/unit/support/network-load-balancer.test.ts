import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { waitFor } from "../../../tools/lib/progress";
import { healthCheckOf, NetworkLoadBalancer, type Node } from "../../support/network-load-balancer";

const zones = 3;

describe("test/support/network-load-balancer", () => {
    const servers: http.Server[] = [];
    let balancer: NetworkLoadBalancer;

    /** A node whose pods are ready, or not; `onAsked` is called before each answer. */
    async function node(health: { status: number }, onAsked = () => {}): Promise<Node> {
        const server = http.createServer((_, answer) => {
            onAsked();
            answer.writeHead(health.status).end();
        });
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        return { url, healthCheck: url };
    }

    beforeEach(() => {
        balancer = new NetworkLoadBalancer({ intervalSeconds: 0.1, healthy: 2, unhealthy: 2 });
    });

    afterEach(() => {
        balancer.stop();
        for (const server of servers.splice(0)) server.close();
    });

    const until = (what: string, is: () => boolean) => waitFor(what, 20_000, () => Promise.resolve(is()));
    const used = () => [...new Set(Array.from({ length: 12 }, () => balancer.next()))].sort();
    const good = () => ({ status: 200 });

    it("sends to a node that has answered well twice in each zone, and to another alone until then", async () => {
        const [first, second] = [await node(good()), await node(good())];
        balancer.add(first);
        await until("the first to be in", () => balancer.isIn(first));
        balancer.add(second);
        assert.deepEqual(used(), [first.url]);
        await until("the second to be in", () => balancer.isIn(second));
        assert.deepEqual(used(), [first.url, second.url].sort());
    });

    it("goes on sending to a node that is not well any more, until its second answer in each zone", async () => {
        const health = good();
        const wasOut: boolean[] = [];
        const onAsked = () => void (health.status === 503 && wasOut.push(balancer.isOut(going)));
        const [going, staying] = [await node(health, onAsked), await node(good())];
        balancer.add(going);
        balancer.add(staying);
        await until("both to be in", () => balancer.isIn(going) && balancer.isIn(staying));
        health.status = 503;
        await until("the one to be out", () => balancer.isOut(going));
        assert.deepEqual(
            wasOut.slice(0, 2 * zones).filter((out) => out),
            [],
        );
        assert.deepEqual(used(), [staying.url]);
    });

    it("sends to all when none is well", async () => {
        const nodes = [await node({ status: 503 }), await node({ status: 503 })];
        for (const one of nodes) balancer.add(one);
        assert.deepEqual(used(), nodes.map(({ url }) => url).sort());
    });

    it("asks as the Service's annotations say", () => {
        const name = "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval";
        assert.deepEqual(healthCheckOf({ [name]: "30" }), { intervalSeconds: 30, healthy: 2, unhealthy: 2 });
    });
});
