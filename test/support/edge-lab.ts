// A stack whose edge is Traefik, and a client of it: by host name and HTTPS, as from outside of the cluster.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as tls from "node:tls";
import { apply as applyObjects, kubectl, startTraefik, versions, waitFor } from "../../sandbox";
import { apply, authorized, shop } from "./app";
import { type Outcome, request, type Via } from "./http";
import { type Request, streamWhile } from "./stream";
import { type Config, smallest, TestStack, unarchived } from "./test-stack";

export const host = "justdb.example.com";
export const tlsSecret = "justdb-example-com";

/** Traefik finds the entry point of a listener by its port. */
const listeners: Config = { gatewayHttpPort: "8000", gatewayHttpsPort: "8443" };
export const gateway: Config = { host, edge: "gateway", gatewayClass: "traefik", ...listeners };

/** Each of Traefik's pods takes what it has read into use every two seconds. */
export const settled = () => sleep(5_000);

export class EdgeLab {
    readonly stack: TestStack;
    readonly namespace: string;
    private via: Via = { address: "", authority: "" };

    constructor(name: string, more: Config = {}) {
        this.namespace = `justdb-${name}`;
        this.stack = new TestStack(name, this.namespace, {
            ...smallest,
            ...unarchived,
            appReplicas: "2",
            appMaxReplicas: "3",
            appImage: versions.images.app[0]!,
            ingressNamespace: "traefik",
            ingressPodLabels: '{"app.kubernetes.io/name": "traefik"}',
            ...more,
        });
    }

    /** Starts Traefik, which the client calls from now on. It believes that authority alone. */
    async startTraefik(authority: string): Promise<string> {
        this.via = { address: await startTraefik(), authority };
        return this.via.address;
    }

    call(url: string, headers: Record<string, string> = {}): Promise<Outcome> {
        return request("GET", url, headers, undefined, undefined, this.via);
    }

    /** Changes an object of Traefik's own kinds meanwhile, again and again, so that it takes up others of them as late as it may. */
    async whileBusy(work: () => Promise<unknown>): Promise<void> {
        const metadata = { name: "of-nobody", namespace: this.namespace };
        const middleware = { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", metadata };
        let stsSeconds = 0;
        let isDone = false;
        const change = async () => {
            while (!isDone) {
                await applyObjects([{ ...middleware, spec: { headers: { stsSeconds: ++stsSeconds } } }]);
                await sleep(300);
            }
        };
        await Promise.all([change(), work().finally(() => (isDone = true))]);
        await kubectl(["-n", this.namespace, "delete", "middlewares.traefik.io", metadata.name]);
    }

    /** The serial number of the certificate that a client is shown. */
    shownSerial(): Promise<string> {
        const { address, authority } = this.via;
        return new Promise((resolve, reject) => {
            const socket = tls.connect({ host: address, port: 443, servername: host, ca: authority }, () => {
                resolve(socket.getPeerCertificate().serialNumber);
                socket.destroy();
            });
            socket.on("error", reject);
        });
    }

    /** Waits until Traefik has read all that leads to the stack: what is in use first may be one Ingress of two, in one pod. */
    async answers(): Promise<void> {
        await waitFor(`${host} to answer`, 30_000, async () => {
            const { status, error } = await this.call(`https://${host}/health/ready`);
            return status === 200 || (error ?? `status ${status}`);
        });
        await settled();
    }

    /** A request with a good token. */
    async request(method: string, path: string, body?: string): Promise<Request> {
        const headers = await authorized(this.namespace);
        return { method, url: `https://${host}${path}`, headers, body, via: this.via };
    }

    /** The request that reads a schema, which is applied now. */
    async reads(): Promise<Request> {
        const version = String(Date.now());
        assert.equal((await apply("edge", version, this.namespace)).status, 200);
        return this.request("GET", `/api/v1/schemas/edge/shop/${version}`);
    }

    /** The request that applies the same schema each time, so that database and bucket are asked, and no cache. */
    async writes(): Promise<Request> {
        const schema = { environment: "edge", name: "shop", version: String(Date.now()), schema: shop };
        const url = `https://${host}/api/v1/schemas/apply`;
        const headers = await authorized(this.namespace);
        return { method: "POST", url, headers, body: JSON.stringify(schema), via: this.via };
    }

    /** Requests while something is done, of which none may fail. */
    async streamWhile(work: () => Promise<unknown>): Promise<Outcome[]> {
        const began = performance.now();
        const outcomes = await this.outcomesWhile(await this.reads(), work);
        const said = failed(outcomes).map(
            ({ at, status, error }) => `${Math.round(at - began)} ms: ${error ?? status}`,
        );
        assert.deepEqual(said, []);
        return outcomes;
    }

    /** The same request, again and again, while something is done. */
    async outcomesWhile(request: Request, work: () => Promise<unknown>): Promise<Outcome[]> {
        const outcomes = await streamWhile(
            () => request,
            async () => void (await work()),
            2,
        );
        console.log(`      ${outcomes.length} requests, ${failed(outcomes).length} failed`);
        assert.ok(outcomes.length > 100, `only ${outcomes.length} requests were sent`);
        return outcomes;
    }
}

export const failed = (outcomes: Outcome[]) => outcomes.filter(({ status }) => status !== 200);
