import assert from "node:assert/strict";
import { apply, startMetricsServer, stopMetricsServer, stopTraefik, waitFor } from "../../../sandbox";
import { certificateOf, tlsSecretOf } from "../../support/certificate";
import { get, podsReady } from "../../support/cluster";
import { EdgeLab, host, tlsSecret } from "../../support/edge-lab";
import { streamWhile } from "../../support/stream";
import { forget, type Config } from "../../support/test-stack";

const [least, most] = [3, 4];
const lab = new EdgeLab("scale", {
    appReplicas: String(least),
    appMaxReplicas: String(most),
    // So much that the few requests which watch the end are no load.
    appCpuRequest: "200m",
    // Enough CPU and memory for the collector of garbage that the app has in production.
    appCpuLimit: "2",
    appMemoryRequest: "512Mi",
    appMemoryLimit: "2Gi",
    appScaleDownSeconds: "30",
});
const { stack, namespace } = lab;
const ingress: Config = { host, tlsSecret, edge: "ingress", ingressClass: "traefik", ingressController: "traefik" };

interface Scale {
    pods: number;
    wanted: number;
    /** Of the requests, in percent. */
    use: Record<string, number>;
}

/** What the autoscaler sees, and what it has decided. */
async function scale(): Promise<Scale> {
    const { status } = (await get("hpa", "justdb-cloud-hpa", namespace)) as {
        status: {
            currentReplicas?: number;
            desiredReplicas?: number;
            currentMetrics?: { resource?: { name: string; current: { averageUtilization: number } } }[];
        };
    };
    const metrics = (status.currentMetrics ?? []).flatMap(({ resource }) => resource ?? []);
    return {
        pods: status.currentReplicas ?? 0,
        wanted: status.desiredReplicas ?? 0,
        use: Object.fromEntries(metrics.map(({ name, current }) => [name, current.averageUtilization])),
    };
}

const shown = ({ pods, use }: Scale) => `${pods} pods, cpu ${use.cpu} %, memory ${use.memory} % of the requests`;

/** Waits until the autoscaler is content with as many pods. */
async function settlesAt(pods: number, seconds: number): Promise<Scale> {
    let now!: Scale;
    await waitFor(`${pods} pods`, seconds * 1000, async () => {
        now = await scale();
        const { cpu, memory } = now.use;
        const isKnown = cpu !== undefined && memory !== undefined;
        return (isKnown && now.pods === pods && now.wanted === pods) || shown(now);
    });
    await podsReady("app=justdb-cloud", pods, namespace);
    return now;
}

/** Each needs some megabytes while it is read. */
const body = JSON.stringify({
    schema: {
        tables: [...Array(2000).keys()].map((number) => ({
            name: `table_${number}`,
            columns: [...Array(10).keys()].map((column) => ({ name: `column_${column}`, type: "BIGINT" })),
        })),
    },
});

/** In this order: it is one app, whose load comes and goes. */
describe("the autoscaler, on what the pods really use, behind an edge for HTTPS", function () {
    this.timeout(900_000);

    before(async () => {
        await stack.up();
        const certificate = await certificateOf(host);
        await apply([tlsSecretOf(certificate, tlsSecret, namespace)]);
        await lab.startTraefik(certificate.authority);
        await stack.up(ingress);
        await lab.answers();
        await startMetricsServer();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopMetricsServer();
        await stopTraefik();
    });

    it("rests at the least number of pods while nobody calls", async () => {
        const rests = await settlesAt(least, 300);
        console.log(`      at rest: ${shown(rests)}`);
        assert.ok(rests.use.memory! < 80, shown(rests));
    });

    it("adds pods under load, and takes them away after it, when Java has returned its memory; no request fails", async () => {
        const validate = await lab.request("POST", "/api/v1/schemas/validate", body);
        const outcomes = await streamWhile(
            () => validate,
            async () => console.log(`      under load: ${shown(await settlesAt(most, 300))}`),
            6,
        );
        const failed = outcomes.filter(({ status }) => status !== 200);
        console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
        assert.deepEqual(
            failed.map(({ error, status }) => error ?? status),
            [],
        );

        await lab.streamWhile(async () => {
            const rests = await settlesAt(least, 600);
            console.log(`      after it: ${shown(rests)}`);
            assert.ok(rests.use.memory! < 80, shown(rests));
        });
    });
});
