import assert from "node:assert/strict";
import { type KubeObject, list, namespace, podsReady } from "../support/cluster";
import { request } from "../support/http";

interface Endpoint {
    port: string;
    path?: string;
}

interface Subset {
    addresses?: { ip: string }[];
    notReadyAddresses?: { ip: string }[];
    ports: { name: string; port: number }[];
}

const selectorOf = ({ spec }: KubeObject) => {
    const { matchLabels } = (spec as { selector: { matchLabels: Record<string, string> } }).selector;
    return Object.entries(matchLabels)
        .map(([label, value]) => `${label}=${value}`)
        .join();
};

const urlsOf = (addresses: string[], port: number, { path = "/metrics" }: Endpoint) =>
    addresses.map((address) => `http://${address}:${port}${path}`);

/** Where a ServiceMonitor leads, as the Prometheus operator reads it: to all addresses of the Services that it selects. */
async function ofServices(monitor: KubeObject): Promise<string[]> {
    const [endpoint] = (monitor.spec as { endpoints: Endpoint[] }).endpoints as [Endpoint];
    const found = (await list("endpoints", namespace, selectorOf(monitor))) as unknown as { subsets?: Subset[] }[];
    return found.flatMap(({ subsets = [] }) =>
        subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports }) => {
            const { port } = ports.find(({ name }) => name === endpoint.port)!;
            return urlsOf(
                [...addresses, ...notReadyAddresses].map(({ ip }) => ip),
                port,
                endpoint,
            );
        }),
    );
}

/** Where a PodMonitor leads. */
async function ofPods(monitor: KubeObject): Promise<string[]> {
    const [endpoint] = (monitor.spec as { podMetricsEndpoints: Endpoint[] }).podMetricsEndpoints as [Endpoint];
    const pods = await list("pods", namespace, selectorOf(monitor));
    return pods.flatMap(({ spec, status }) => {
        const { containers } = spec as { containers: { ports?: { name?: string; containerPort: number }[] }[] };
        const ports = containers.flatMap((container) => container.ports ?? []);
        const found = ports.filter(({ name }) => name === endpoint.port);
        return found.flatMap(({ containerPort }) =>
            urlsOf([(status as { podIP: string }).podIP], containerPort, endpoint),
        );
    });
}

describe("what the Prometheus operator is told", () => {
    /** By the monitor's name. */
    const targets: Record<string, string[]> = {};
    const told: Record<string, string> = {};

    before(async () => {
        for (const monitor of await list("servicemonitors")) targets[monitor.metadata.name] = await ofServices(monitor);
        for (const monitor of await list("podmonitors")) targets[monitor.metadata.name] = await ofPods(monitor);
        for (const [name, urls] of Object.entries(targets)) {
            const answers = await Promise.all(urls.map((url) => request("GET", url)));
            assert.ok(
                answers.every(({ status }) => status === 200),
                name,
            );
            told[name] = answers.map(({ body }) => body).join("\n");
        }
    });

    it("leads to each pod of the app once, though several Services send to it", async () => {
        const pods = await podsReady("app=justdb-cloud", 2);
        const expected = pods.map(
            ({ status }) => `http://${(status as { podIP: string }).podIP}:8080/actuator/prometheus`,
        );
        assert.deepEqual(targets["justdb-cloud"]!.sort(), expected.sort());
    });

    it("leads to what each source tells of itself", () => {
        const series: Record<string, RegExp> = {
            "justdb-cloud": /^hikaricp_connections_pending\{/m,
            "justdb-db": /^cnpg_collector_up\{.*\} 1$/m,
            "justdb-redis-metrics": /^redis_up 1$/m,
            "justdb-backup-metrics": /^justdb_backup_max_age_seconds /m,
        };
        assert.deepEqual(Object.keys(told).sort(), Object.keys(series).sort());
        for (const [name, pattern] of Object.entries(series)) assert.match(told[name]!, pattern, name);
    });

    it("has a bucket that ends at the objective of latency, and what the cache was asked", () => {
        assert.match(told["justdb-cloud"]!, /^http_server_requests_seconds_bucket\{.*le="0\.5".*\}/m);
        assert.match(told["justdb-cloud"]!, /^cache_gets_total\{.*\}/m);
    });

    it("has no label by which Prometheus names namespace and pod", () => {
        for (const [name, text] of Object.entries(told)) {
            assert.doesNotMatch(text, /^\w+\{(?:.*,)?(?:namespace|pod)="/m, name);
        }
    });
});
