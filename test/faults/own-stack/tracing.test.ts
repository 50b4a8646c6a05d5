import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { collected, collectorService, startOtelCollector, stopOtelCollector, waitFor } from "../../../sandbox";
import { apply, authorized, serviceUrl } from "../../support/app";
import { connects, podsReady } from "../../support/cluster";
import { request } from "../../support/http";
import { forget, TestStack } from "../../support/test-stack";

const namespace = "justdb-cloud-tracing";
const stack = new TestStack("tracing", namespace, { appReplicas: "1", appMaxReplicas: "1" });
const [grpc, http] = [`http://${collectorService}:4317`, `http://${collectorService}:4318`];

let url: string;
let token: Record<string, string>;

/** Requests a schema within a trace that a client has begun, and returns its id. */
async function traced(): Promise<string> {
    const trace = randomBytes(16).toString("hex");
    const headers = { ...token, traceparent: `00-${trace}-${randomBytes(8).toString("hex")}-01` };
    const { status, body } = await request("GET", `${url}/api/v1/schemas/dev/shop/1`, headers);
    assert.equal(status, 200, body);
    return trace;
}

/** The spans of what the collector has received, each with what it is of. */
const spansIn = (log: string) =>
    log.split("ResourceSpans #").flatMap((batch) => {
        const [resource, ...spans] = batch.split(/^Span #/m);
        return spans.map((span) => `${resource}${span}`);
    });

/** The span of the request that a trace is about. */
async function received(trace: string): Promise<string> {
    let found: string | undefined;
    await waitFor(`trace ${trace} at the collector`, 60_000, async () => {
        const spans = spansIn(await collected());
        found = spans.find((span) => span.includes(trace) && /^ *Kind +: Server$/m.test(span));
        return found !== undefined;
    });
    return found!;
}

async function reaches(port: number): Promise<boolean> {
    const [pod] = await podsReady("app=justdb-cloud", 1, namespace);
    return connects(pod!.metadata.name, collectorService, port, namespace);
}

/** In this order: it is one stack, whose collector changes. */
describe("traces", function () {
    this.timeout(1_200_000);

    before(async () => {
        await startOtelCollector();
        await stack.up();
        const { status, body } = await apply("dev", "1", namespace);
        assert.equal(status, 200, body);
        [url, token] = [await serviceUrl(namespace), await authorized(namespace)];
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopOtelCollector();
    });

    it("go nowhere without a collector that is named: the network does not let them", async () => {
        assert.equal(await reaches(4317), false);
    });

    for (const [protocol, otlpEndpoint, port, other] of [
        ["gRPC", grpc, 4317, 4318],
        ["HTTP", http, 4318, 4317],
    ] as const) {
        it(`arrive by ${protocol}: the span of a request, with service, stack and route`, async () => {
            await stack.up({ otlpEndpoint });
            const text = await received(await traced());
            assert.match(text, /-> service\.name: Str\(justdb-cloud\)/);
            assert.match(text, new RegExp(`-> service\\.namespace: Str\\(${namespace}\\)`));
            assert.match(text, /Name +: http get \/api\/v1\/schemas\/\{environment\}\/\{name\}\/\{version\}/);
        });

        it(`by ${protocol} need the way to port ${port}, and have no other`, async () => {
            assert.deepEqual([await reaches(port), await reaches(other)], [true, false]);
        });
    }

    it("that cannot be sent harm no request", async () => {
        await stack.up({ otlpEndpoint: `http://nobody.observability.svc:4317` });
        const since = performance.now();
        for (let count = 0; count < 50; count++) await traced();
        assert.ok(performance.now() - since < 10_000, `${Math.round(performance.now() - since)} ms for 50 requests`);
    });

    it("that the collector stops to take harm no request", async () => {
        await stack.up({ otlpEndpoint: grpc });
        await received(await traced());
        await stopOtelCollector();
        for (let count = 0; count < 50; count++) await traced();
    });
});
