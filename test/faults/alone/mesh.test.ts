import assert from "node:assert/strict";
import {
    apply,
    installDefinitions,
    istioDefinitions,
    kubectl,
    removeDefinitions,
    versions,
    waitFor,
} from "../../../sandbox";
import { apply as applySchema, authorized, serviceUrl } from "../../support/app";
import { connects, get, type KubeObject, list, podsReady, removeNamespaces } from "../../support/cluster";
import { sidecar, startInjector } from "../../support/injector";
import { streamWhile } from "../../support/stream";
import { type Config, forget, smallest, TestStack, unarchived } from "../../support/test-stack";

const [image, next] = versions.images.app as [string, string];
const app = "app=justdb-cloud";

/** Stand for a gateway in the mesh, for a pod that is not allowed to call, and for the control plane. */
const [gateways, elsewhere, control] = ["mesh-gateways", "mesh-elsewhere", "mesh-control"];
/** Where Istio's control plane listens, and a port of it that nobody may call. */
const [xds, other] = [15_012, 15_010];

const stack = new TestStack("mesh", "justdb-mesh", {
    ...smallest,
    ...unarchived,
    appReplicas: "2",
    appMaxReplicas: "3",
    appImage: image,
    ingressNamespace: gateways,
    ingressPodLabels: '{"app": "probe"}',
});
const { namespace } = stack;
const istio: Config = { mesh: "istio", meshNamespace: control };

const inNamespace = (name: string, command: string[]) => [
    { apiVersion: "v1", kind: "Namespace", metadata: { name } },
    {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "probe", namespace: name, labels: { app: "probe" } },
        spec: {
            terminationGracePeriodSeconds: 0,
            containers: [{ name: "probe", image: versions.images.redis, command }],
        },
    },
];
const listener = `redis-server --port ${other} --save '' --daemonize yes; exec redis-server --port ${xds} --save '' --protected-mode no`;
const idle = ["sleep", "infinity"];
const around = [
    ...inNamespace(gateways, idle),
    ...inNamespace(elsewhere, idle),
    ...inNamespace(control, ["bash", "-c", listener]),
];

const addressOf = async (where: string) => (await get("pod", "probe", where)).status.podIP as string;

const sidecarOf = ({ spec }: KubeObject) =>
    ((spec.initContainers ?? []) as { name: string; resources: object }[]).find(({ name }) => name === sidecar.name);

type Statuses = { name: string; state: { running?: object } }[];
const runs = (statuses: Statuses | undefined, name: string) =>
    statuses?.some((one) => one.name === name && one.state.running !== undefined) ?? false;

/** Updates the stack under requests, of which none may fail. */
async function upUnderRequests(config: Config): Promise<void> {
    const version = String(Date.now());
    assert.equal((await applySchema("mesh", version, namespace)).status, 200);
    const url = `${await serviceUrl(namespace)}/api/v1/schemas/mesh/shop/${version}`;
    const headers = await authorized(namespace);
    const outcomes = await streamWhile(
        () => ({ method: "GET", url, headers }),
        async () => {
            await stack.up(config);
            await podsReady(app, 2, namespace);
        },
        2,
    );
    const failed = outcomes.filter(({ status }) => status !== 200).map(({ error, status }) => error ?? status);
    console.log(`      ${outcomes.length} requests, ${failed.length} failed`);
    assert.deepEqual(failed, []);
    assert.ok(outcomes.length > 100, `only ${outcomes.length} requests were sent`);
}

/** In this order: it is one stack, which comes into the mesh and leaves it. */
describe("the app in a mesh, of which a webhook adds the sidecars", function () {
    this.timeout(1_200_000);
    let stopInjector = () => Promise.resolve();

    before(async () => {
        await apply(around);
        await stack.up();
    });

    after(async () => {
        await stack.destroy();
        await forget(stack.name);
        await stopInjector();
        await removeDefinitions(await istioDefinitions());
        await removeNamespaces(gateways, elsewhere, control);
    });

    it("is refused where the mesh is not installed, and nothing is changed", async () => {
        const specs = async () =>
            (await list("deployments,networkpolicies", namespace)).map(({ metadata, spec }) => [
                metadata.name,
                spec as object,
            ]);
        const before = await specs();
        await assert.rejects(
            stack.up(istio),
            /Nothing was created or changed[^]*Istio, whose mesh the app is to be in/,
        );
        const linkerd = stack.up({ mesh: "linkerd" });
        await assert.rejects(linkerd, /Nothing was created or changed[^]*Linkerd, whose mesh the app is to be in/);
        assert.deepEqual(await specs(), before);
    });

    it("comes into the mesh with no request dropped, within the quota", async () => {
        await installDefinitions(await istioDefinitions());
        stopInjector = await startInjector({ "sidecar.istio.io/inject": "true" });
        await upUnderRequests(istio);
        const authentication = await get("peerauthentications.security.istio.io", "justdb-cloud", namespace);
        assert.deepEqual(authentication.spec, {
            selector: { matchLabels: { app: "justdb-cloud" } },
            mtls: { mode: "STRICT" },
        });
    });

    it("has a sidecar in each pod of the app, with the limits of the namespace, and in no other", async () => {
        for (const pod of await list("pods", namespace)) {
            const found = sidecarOf(pod);
            const isOfApp = pod.metadata.labels?.app === "justdb-cloud";
            assert.equal(found !== undefined, isOfApp, pod.metadata.name);
            if (found)
                assert.deepEqual(found.resources, {
                    limits: { cpu: "500m", memory: "256Mi" },
                    requests: { cpu: "50m", memory: "64Mi" },
                });
        }
    });

    it("lets a sidecar reach the control plane, at its port and at no other", async () => {
        const [pod] = await podsReady(app, 2, namespace);
        const address = await addressOf(control);
        await waitFor("the sidecar to reach the control plane", 15_000, () =>
            connects(pod!.metadata.name, address, xds, namespace, sidecar.name),
        );
        assert.ok(await connects("probe", address, other, gateways), "the other port is there");
        assert.equal(await connects(pod!.metadata.name, address, other, namespace, sidecar.name), false);
    });

    it("lets the gateway reach the sidecar, and nobody else", async () => {
        const [pod] = await podsReady(app, 2, namespace);
        const address = pod!.status.podIP as string;
        for (const port of [8080, sidecar.port]) {
            assert.ok(await connects("probe", address, port, gateways), `the gateway, to ${port}`);
            assert.equal(await connects("probe", address, port, elsewhere), false, `another pod, to ${port}`);
        }
    });

    it("drops no request while the app is updated; the migrations' Job ends", async () => {
        await upUnderRequests({
            ...istio,
            appImage: next,
            migrationsImage: versions.images.liquibase.replace("docker.io/", ""),
        });
        const jobs = await list("jobs", namespace, "app=justdb-migrations");
        assert.deepEqual(
            jobs.map(({ status }) => status.succeeded as number),
            [1],
        );
    });

    it("keeps the sidecar of a pod that ends until the app in it has ended", async () => {
        const [pod] = await podsReady(app, 2, namespace);
        const { name, uid } = pod!.metadata;
        await kubectl(["-n", namespace, "delete", "pod", name, "--wait=false"]);
        const seen: [boolean, boolean][] = [];
        await waitFor("the end of the pod", 120_000, async () => {
            const [found] = (await list("pods", namespace, app)).filter(({ metadata }) => metadata.uid === uid);
            if (!found) return true;
            const { containerStatuses, initContainerStatuses } = found.status as Record<string, Statuses>;
            seen.push([runs(containerStatuses, "justdb-cloud"), runs(initContainerStatuses, sidecar.name)]);
            return false;
        });
        assert.ok(
            seen.some(([ofApp]) => ofApp),
            "the app was seen while it drained",
        );
        assert.deepEqual(
            seen.filter(([ofApp, ofSidecar]) => ofApp && !ofSidecar),
            [],
        );
        await podsReady(app, 2, namespace);
    });

    it("leaves the mesh with no request dropped", async () => {
        await upUnderRequests({ appImage: next });
        const pods = await podsReady(app, 2, namespace);
        assert.deepEqual(pods.map(sidecarOf), [undefined, undefined]);
        assert.deepEqual(await list("peerauthentications.security.istio.io", namespace), []);
    });
});
