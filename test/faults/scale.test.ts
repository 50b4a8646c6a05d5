import assert from "node:assert/strict";
import { startMetricsServer, stopMetricsServer, waitFor } from "../../sandbox";
import { authorized, serviceUrl } from "../support/app";
import { get } from "../support/cluster";
import type { Outcome } from "../support/http";
import { streamWhile } from "../support/stream";
import { forget, TestStack } from "../support/test-stack";

const namespace = "justdb-scaled";
const most = 3;
/** Enough CPU and memory for the collector of garbage that the app has in production. */
const stack = new TestStack("scaled", namespace, {
    environment: "dev",
    appReplicas: "1",
    appMaxReplicas: String(most),
    // So much that the few requests which watch the end are no load.
    appCpuRequest: "400m",
    appCpuLimit: "2",
    appMemoryRequest: "512Mi",
    appMemoryLimit: "2Gi",
    appScaleDownSeconds: "30",
    postgresInstances: "1",
    postgresArchive: "false",
    // It is the archive's.
    archiveTimeoutSeconds: "300",
});

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
describe("the autoscaler, on what the pods really use", function () {
    this.timeout(900_000);

    before(async () => {
        await startMetricsServer();
        await stack.up();
    });

    after(async () => {
        await stack.open((opened) => opened.destroy());
        await forget(stack.name);
        await stopMetricsServer();
    });

    it("rests at the least number of pods while nobody calls", async () => {
        const rests = await settlesAt(1, 300);
        console.log(`      at rest: ${shown(rests)}`);
        assert.ok(rests.use.memory! < 80, shown(rests));
    });

    it("adds pods under load, and takes them away after it, when Java has returned its memory; no request fails", async () => {
        const url = await serviceUrl(namespace);
        const headers = await authorized(namespace);
        const validate = () => ({ method: "POST", url: `${url}/api/v1/schemas/validate`, headers, body });
        const look = () => ({ method: "GET", url: `${url}/health/ready` });

        const under = await streamWhile(
            validate,
            async () => {
                console.log(`      under load: ${shown(await settlesAt(most, 300))}`);
            },
            6,
        );
        const after = await streamWhile(look, async () => {
            const rests = await settlesAt(1, 600);
            console.log(`      after it: ${shown(rests)}`);
            assert.ok(rests.use.memory! < 80, shown(rests));
        });
        assert.deepEqual(failures([...under, ...after]), []);
    });
});

function failures(outcomes: Outcome[]): (string | number)[] {
    const failed = outcomes.filter(({ status }) => status !== 200).map(({ error, status }) => error ?? status!);
    console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
    return failed;
}
