import assert from "node:assert/strict";
import { apply, kubectl, stopTraefik, versions, waitFor } from "../../../sandbox";
import { type Certificate, certificateOf, tlsSecretOf } from "../../support/certificate";
import { connects, evict, list, podsReady, removeNamespaces } from "../../support/cluster";
import { EdgeLab, gateway as ofTraefik, host, settled, tlsSecret } from "../../support/edge-lab";
import { forget, type Config } from "../../support/test-stack";

/** It has the same certificate, and leads to the same place. */
const otherHost = "other.example.com";
const elsewhere = "edge-elsewhere";

const next = versions.images.app[1]!;
const app = "app=justdb-cloud";

const lab = new EdgeLab("edge");
const { stack, namespace } = lab;

const gateway: Config = { ...ofTraefik, tlsSecret };
const ingress: Config = { host, tlsSecret, edge: "ingress", ingressClass: "traefik", ingressController: "traefik" };

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

/** In this order: it is one stack, whose edge changes. */
describe("an edge for HTTPS, by host name", function () {
    this.timeout(2_400_000);
    let certificate: Certificate;
    let address: string;

    before(async () => {
        await stack.up();
        certificate = await certificateOf(host, otherHost);
        await apply([tlsSecretOf(certificate, tlsSecret, namespace), ...probe]);
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopTraefik();
        await removeNamespaces(elsewhere);
    });

    const servesAs = (config: Config) => {
        it("serves the host, and tells browsers to use HTTPS alone", async () => {
            const { url, headers } = await lab.reads();
            const { status, body, headers: answered, error } = await lab.call(url, headers);
            assert.equal(status, 200, error ?? body);
            assert.match(answered["strict-transport-security"] ?? "", /^max-age=31536000/);
            assert.equal((await lab.call(url)).status, 401, "without a token");
        });

        it("sends plain HTTP to HTTPS, and serves nothing by it", async () => {
            const { status, headers, body } = await lab.call(`http://${host}/api/v1/schemas?a=b`);
            assert.ok([301, 308].includes(status!), `${status} ${body}`);
            assert.equal(headers.location, `https://${host}/api/v1/schemas?a=b`);
        });

        it("serves no other host", async () => {
            for (const scheme of ["https", "http"]) {
                const { status, error } = await lab.call(`${scheme}://${otherHost}/health/ready`);
                assert.equal(status, 404, error);
            }
        });

        it("is the only way in: pods elsewhere are refused", async () => {
            const [pod] = await podsReady(app, 2, namespace);
            await podsReady("app=probe", 1, elsewhere);
            assert.ok(await connects("probe", address, 443, elsewhere), "to the edge");
            assert.equal(await connects("probe", pod!.status.podIP as string, 8080, elsewhere), false);
        });

        it("drops no request while the app is updated and a pod is deleted", async () => {
            const outcomes = await lab.streamWhile(async () => {
                await stack.up({ ...config, appImage: next });
                const [pod] = await podsReady(app, 2, namespace);
                await kubectl(["-n", namespace, "delete", "pod", pod!.metadata.name]);
                await podsReady(app, 2, namespace);
            });
            const seen = new Set(outcomes.map(({ headers }) => headers["x-app-version"]));
            assert.equal(seen.size, 2, "both versions answered");
        });

        it("drops no request while every pod is evicted, one after the other, as the disruption budget wants it", async () => {
            await lab.streamWhile(async () => {
                const [first, second] = (await podsReady(app, 2, namespace)).map(({ metadata }) => metadata.name);
                await evict(first!, namespace);
                await assert.rejects(evict(second!, namespace), /disruption budget/);
                await waitFor("the other one's eviction", 120_000, () => evict(second!, namespace).then(() => true));
                const after = await podsReady(app, 2, namespace);
                assert.deepEqual(
                    after.filter(({ metadata }) => [first, second].includes(metadata.name)),
                    [],
                );
            });
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
            address = await lab.startTraefik(certificate.authority);
            await stack.up(ingress);
            await lab.answers();
        });

        servesAs(ingress);

        it("drops no request when a Middleware comes and goes", async () => {
            await lab.streamWhile(() =>
                lab.whileBusy(async () => {
                    await stack.up({ ...ingress, appImage: next, maxBodySize: "1Mi" });
                    await settled();
                    await stack.up({ ...ingress, appImage: next });
                }),
            );
        });
    });

    describe("changed from an Ingress to a Gateway, in two updates", () => {
        const changed = { ...gateway, appImage: next };
        /** What leads to the app by the Ingress, as `--exclude` takes it. */
        const former = ["**::justdb-*ingress", "**::justdb-middleware-*"];

        it("drops no request: the Ingress stays until the Gateway serves", async () => {
            await lab.streamWhile(async () => {
                await stack.open((opened) => opened.up({ exclude: former }), changed);
                assert.equal((await list("ingresses", namespace)).length, 2, "one that serves, and one that redirects");
                await settled();
                await stack.up(changed);
                assert.deepEqual(await list("ingresses", namespace), []);
                await settled();
            });
        });
    });

    describe("by a Gateway", () => {
        before(() => stack.up(gateway));

        servesAs(gateway);
    });
});
