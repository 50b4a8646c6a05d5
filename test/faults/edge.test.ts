import assert from "node:assert/strict";
import { apply, kubectl, startTraefik, stopTraefik, versions } from "../../sandbox";
import { apply as applySchema, authorized } from "../support/app";
import { type Certificate, certificateOf } from "../support/certificate";
import { connects, list, podsReady } from "../support/cluster";
import { type Outcome, request, type Via } from "../support/http";
import { type Request, streamWhile } from "../support/stream";
import { forget, TestStack, type Config } from "../support/test-stack";

const host = "justdb.example.com";
/** It has the same certificate, and leads to the same place. */
const otherHost = "other.example.com";
const tlsSecret = "justdb-example-com";
const elsewhere = "edge-elsewhere";

const [image, next] = versions.images.app as [string, string];
const app = "app=justdb-cloud";

const stack = new TestStack("edge", "justdb-edge", {
    environment: "dev",
    appReplicas: "2",
    appMaxReplicas: "3",
    postgresInstances: "1",
    postgresArchive: "false",
    // It is the archive's.
    archiveTimeoutSeconds: "300",
    ingressNamespace: "traefik",
    ingressPodLabels: '{"app.kubernetes.io/name": "traefik"}',
});
const { namespace } = stack;

const none: Config = { appImage: image };
const named: Config = { ...none, host, tlsSecret };
const ingress: Config = { ...named, edge: "ingress", ingressClass: "traefik", ingressController: "traefik" };
/** Traefik finds the entry point of a listener by its port. */
const listeners: Config = { gatewayHttpPort: "8000", gatewayHttpsPort: "8443" };
const gateway: Config = { ...named, edge: "gateway", gatewayClass: "traefik", ...listeners };

const secret = ({ certificate, key }: Certificate) => ({
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name: tlsSecret, namespace },
    stringData: { "tls.crt": certificate, "tls.key": key },
});

/** A pod that the tests connect from. */
const probe = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: elsewhere } },
    {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "probe", namespace: elsewhere, labels: { app: "probe" } },
        spec: {
            terminationGracePeriodSeconds: 0,
            containers: [{ name: "probe", image: versions.images.redis, command: ["sleep", "infinity"] }],
        },
    },
];

/** What the cluster has of the stack's objects. */
async function specs(): Promise<unknown[]> {
    const objects = await list("deployments,services,networkpolicies,statefulsets", namespace);
    return objects.map(({ kind, metadata, spec }) => [kind, metadata.name, metadata.uid, spec as unknown]);
}

function assertNoneFailed(outcomes: Outcome[]): void {
    const failed = outcomes.filter(({ status }) => status !== 200);
    console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
    assert.deepEqual(
        failed.map(({ at, status, error, body }) => ({ at, was: error ?? status, body: body.slice(0, 200) })),
        [],
    );
    assert.ok(outcomes.length > 500, `only ${outcomes.length} requests were sent`);
}

/** In this order: it is one stack, whose edge changes. */
describe("an edge for HTTPS, by host name", function () {
    this.timeout(1_200_000);
    let via: Via;
    let authority: string;

    before(async () => {
        await stack.up(none);
        const certificate = await certificateOf(host, otherHost);
        authority = certificate.authority;
        await apply([secret(certificate), ...probe]);
    });

    after(async () => {
        await stack.open((opened) => opened.destroy());
        await forget(stack.name);
        await stopTraefik();
        await kubectl(["delete", "ns", elsewhere]);
    });

    const call = (url: string, headers: Record<string, string> = {}) =>
        request("GET", url, headers, undefined, undefined, via);

    /** The request that reads a schema, which is applied now. */
    async function reads(): Promise<Request> {
        const version = String(Date.now());
        assert.equal((await applySchema("edge", version, namespace)).status, 200);
        const url = `https://${host}/api/v1/schemas/edge/shop/${version}`;
        return { method: "GET", url, headers: await authorized(namespace), via };
    }

    /** Requests by way of the edge while something is done. */
    async function streamOf(work: () => Promise<unknown>): Promise<Outcome[]> {
        const reading = await reads();
        return streamWhile(
            () => reading,
            async () => void (await work()),
            2,
        );
    }

    const servesAs = (config: Config) => {
        it("serves the host, and tells browsers to use HTTPS alone", async () => {
            const { url, headers } = await reads();
            const { status, body, headers: answered, error } = await call(url, headers);
            assert.equal(status, 200, error ?? body);
            assert.match(answered["strict-transport-security"] ?? "", /^max-age=31536000/);
            assert.equal((await call(url)).status, 401, "without a token");
        });

        it("sends plain HTTP to HTTPS, and serves nothing by it", async () => {
            const { status, headers, body } = await call(`http://${host}/api/v1/schemas?a=b`);
            assert.ok([301, 308].includes(status!), `${status} ${body}`);
            assert.equal(headers.location, `https://${host}/api/v1/schemas?a=b`);
        });

        it("serves no other host", async () => {
            assert.equal((await call(`https://${otherHost}/health/ready`)).status, 404);
            assert.equal((await call(`http://${otherHost}/health/ready`)).status, 404);
        });

        it("is the only way in: pods elsewhere are refused", async () => {
            const [pod] = await podsReady(app, 2, namespace);
            await podsReady("app=probe", 1, elsewhere);
            assert.ok(await connects("probe", via.address, 443, elsewhere), "to the edge");
            assert.equal(await connects("probe", pod!.status.podIP as string, 8080, elsewhere), false);
        });

        it("drops no request while the app is updated and a pod is deleted", async () => {
            const outcomes = await streamOf(async () => {
                await stack.up({ ...config, appImage: next });
                const [pod] = await podsReady(app, 2, namespace);
                await kubectl(["-n", namespace, "delete", "pod", pod!.metadata.name]);
                await podsReady(app, 2, namespace);
            });
            assertNoneFailed(outcomes);
            const seen = new Set(outcomes.map(({ headers }) => headers["x-app-version"]));
            assert.equal(seen.size, 2, "both versions answered");
            await stack.up(config);
        });
    };

    it("is refused where the cluster knows no Gateway API and no Traefik, and nothing is changed", async () => {
        const before = await specs();
        await assert.rejects(stack.up(gateway), /Nothing was created or changed[^]*the Gateway API/);
        await assert.rejects(stack.up(ingress), /Nothing was created or changed[^]*Traefik/);
        assert.deepEqual(await specs(), before);
    });

    describe("by an Ingress", () => {
        before(async () => {
            via = { address: await startTraefik(), authority };
            await stack.up(ingress);
        });

        servesAs(ingress);
    });

    it("drops no request while it is changed from an Ingress to a Gateway", async () => {
        assertNoneFailed(await streamOf(() => stack.up(gateway)));
    });

    describe("by a Gateway", () => servesAs(gateway));
});
