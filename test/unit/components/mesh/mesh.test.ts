import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { Mesh } from "../../../../components/mesh/args";
import { quota } from "../../../../components/namespace/quota";
import { demands, requirements } from "../../../../components/parts";
import { albIngress, balanced, callers, ownGateway } from "../../../support/edges";
import { plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";
import { waysOf } from "../../../support/policies";

interface Metadata {
    labels: Record<string, string>;
    annotations?: Record<string, string>;
}

const app = { app: "justdb-cloud" };
const podOf = async (args: JustDbCloudArgs) =>
    (await plan(args)).at("justdb-deployment", "spec.template.metadata") as Metadata;
const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
const authentication = "justdb-peer-authentication";

/** The ways that the mesh adds to those of the app, where nobody scrapes it. */
function added(args: JustDbCloudArgs): string[] {
    const { ipFamilies = "IPv4" } = args;
    const before = waysOf({ ipFamilies, metricsScrape: "none" }, "app");
    return waysOf({ ...args, metricsScrape: "none" }, "app").filter((way) => !before.includes(way));
}

describe("mesh", () => {
    it("is none, and then nothing tells of one", async () => {
        const made = await plan({});
        assert.ok(!made.has(authentication));
        assert.deepEqual((await podOf({})).labels, app);
        assert.deepEqual(Object.keys((await podOf({})).annotations!).sort(), [
            "justdb.cloud/config",
            "justdb.cloud/secrets",
            ...["path", "port", "scrape"].map((name) => `prometheus.io/${name}`),
        ]);
    });

    it("asks Istio for a native sidecar, of a revision where one is named", async () => {
        const inject = { "sidecar.istio.io/inject": "true" };
        const { labels, annotations } = await podOf({ mesh: "istio" });
        assert.deepEqual(labels, { ...app, ...inject });
        assert.equal(annotations!["sidecar.istio.io/nativeSidecar"], "true");
        const ofRevision = await podOf({ mesh: "istio", meshRevision: "1-28" });
        assert.deepEqual(ofRevision.labels, { ...app, ...inject, "istio.io/rev": "1-28" });
    });

    it("asks for the pods of a Rollout as for those of a Deployment", async () => {
        const made = await plan({ mesh: "istio", delivery: "canary" });
        const { labels } = made.at("justdb-rollout", "spec.template.metadata") as Metadata;
        assert.equal(labels["sidecar.istio.io/inject"], "true");
        assert.ok(waitsFor(made.get("justdb-rollout"), authentication));
    });

    it("asks Istio's ambient mode for no sidecar", async () => {
        const { labels, annotations } = await podOf({ mesh: "istioAmbient" });
        assert.deepEqual(labels, { ...app, "istio.io/dataplane-mode": "ambient" });
        assert.ok(!Object.keys(annotations!).some((name) => name.includes("istio")));
    });

    it("asks Linkerd for a native sidecar that knows whom it answers", async () => {
        const policy = async (args: JustDbCloudArgs) => {
            const { labels, annotations } = await podOf(args);
            assert.deepEqual(labels, app);
            assert.equal(annotations!["linkerd.io/inject"], "enabled");
            assert.equal(annotations!["config.beta.linkerd.io/proxy-enable-native-sidecar"], "true");
            return annotations!["config.linkerd.io/default-inbound-policy"];
        };
        assert.equal(await policy({ mesh: "linkerd" }), "all-authenticated");
        assert.equal(await policy({ mesh: "linkerd", meshMtls: "permissive" }), "all-unauthenticated");
        assert.ok(!(await plan({ mesh: "linkerd" })).has(authentication));
    });

    it("tells Istio from whom the app takes connections, before a pod of it is made", async () => {
        for (const mesh of ["istio", "istioAmbient"] as const) {
            const made = await plan({ mesh });
            const { apiVersion, kind, spec } = made.get(authentication).inputs;
            assert.deepEqual([apiVersion, kind], ["security.istio.io/v1", "PeerAuthentication"]);
            assert.deepEqual(spec, { selector: { matchLabels: app }, mtls: { mode: "STRICT" } });
            assert.ok(waitsFor(made.get("justdb-deployment"), authentication));
        }
        const permissive = await plan({ mesh: "istio", meshMtls: "permissive" });
        assert.equal(permissive.at(authentication, "spec.mtls.mode"), "PERMISSIVE");
    });

    it("leaves PostgreSQL, Redis and every Job out, and the app's pods are found by the same label", async () => {
        for (const mesh of ["istio", "istioAmbient", "linkerd"] as const) {
            const [without, made] = [await plan({}), await plan({ mesh })];
            assert.deepEqual(made.at("justdb-deployment", "spec.selector"), { matchLabels: app });
            // The doctor knows what the stack needs of the cluster, so of the mesh.
            const own = ["justdb-deployment", authentication, "justdb-network-app", "justdb-doctor-scripts"];
            const inputs = ({ resources }: typeof made) =>
                resources
                    .filter(({ name, type }) => !own.includes(name) && type.startsWith("kubernetes:"))
                    .filter(({ name }) => name !== "justdb-requirements")
                    .map(({ name, inputs }) => [name, inputs]);
            assert.deepEqual(inputs(made), inputs(without));
        }
    });

    it("adds no pod to what the namespace may hold", () => {
        const of = (args: JustDbCloudArgs) => quota(demands(resolve(args, "justdb")));
        for (const mesh of Object.values(Mesh)) assert.deepEqual(of({ mesh }), of({}));
    });

    it("lets sidecars ask the control plane, in its own namespace", () => {
        assert.deepEqual(added({ mesh: "istio" }), ["app > istio-system/* :15012"]);
        assert.deepEqual(added({ mesh: "linkerd" }), ["app > linkerd/* :8080,8086,8090"]);
        assert.deepEqual(added({ mesh: "istio", meshNamespace: "aks-istio-system" }), [
            "app > aks-istio-system/* :15012",
        ]);
    });

    it("lets the kubelet's probes into a pod of Istio's ambient mode, by the addresses that they come from there", () => {
        const [four, six] = ["169.254.7.127/32", "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128"];
        assert.deepEqual(added({ mesh: "istioAmbient" }), [`app < ${four} :8080`]);
        assert.deepEqual(added({ mesh: "istioAmbient", ipFamilies: "IPv6" }), [`app < ${six} :8080`]);
        assert.deepEqual(added({ mesh: "istioAmbient", ipFamilies: "dualStack" }), [`app < ${four} | ${six} :8080`]);
    });

    it("lets who may call the app come by the mesh's tunnel, and the app call a collector by it", () => {
        const ways = (mesh: Mesh, more: JustDbCloudArgs = {}) =>
            waysOf(
                { ...callers, otlpEndpoint: "http://collector.observability.svc:4317", mesh, ...more },
                "app",
            ).filter((way) => /traefik|observability/.test(way));
        const both = (ports: string) => [`app < traefik/traefik :8080${ports}`, `app > observability/* :4317${ports}`];
        assert.deepEqual(ways("none").sort(), both(""));
        assert.deepEqual(ways("istio").sort(), both(",15008"));
        assert.deepEqual(ways("istioAmbient").sort(), both(",15008"));
        assert.deepEqual(ways("linkerd").sort(), both(",4143"));
        const judged = { delivery: "canary", analysisPrometheus: "http://prometheus.monitoring.svc:9090" } as const;
        assert.ok(waysOf({ ...judged, mesh: "linkerd" }, "app").includes("app < monitoring/* :8080,4143"));
        // Who is no pod has no tunnel.
        const outside = { ...balanced, mesh: "linkerd", meshMtls: "permissive" } as const;
        assert.ok(waysOf(outside, "app").includes("app < 10.20.0.0/24 :8080"));
        const collector = { mesh: "linkerd", otlpEndpoint: "https://otlp.example.com", metricsScrape: "none" } as const;
        assert.ok(!waysOf(collector, "app").some((way) => way.includes("4143")));
    });

    it("must be installed", () => {
        const others = requirements(resolve({}, "justdb")).map(({ api }) => api);
        const needs = (mesh: Mesh) =>
            requirements(resolve({ mesh }, "justdb")).filter(({ api }) => !others.includes(api));
        assert.deepEqual(needs("none"), []);
        const apis = Object.values(Mesh).flatMap((mesh) => needs(mesh).map(({ api }) => `${mesh} ${api}`));
        assert.deepEqual(apis, [
            "istio security.istio.io/v1/PeerAuthentication",
            "istioAmbient security.istio.io/v1/PeerAuthentication",
            "linkerd policy.linkerd.io/v1alpha1/AuthorizationPolicy",
        ]);
        for (const { fix } of [...needs("istio"), ...needs("linkerd")]) {
            assert.match(fix, /^install it.*https:.*pulumi config set mesh none$/);
        }
    });

    it("refuses what calls the app from outside of the mesh, unless plain connections are taken", () => {
        const got = (mesh: Mesh) =>
            `meshMtls: strict, with mesh ${mesh} and a load balancer that sends to the pods itself`;
        const alb = { ...albIngress, allowPlainHttp: true };
        const elsewhere = { ...ownGateway, tlsSecret: "ours", edgeCidrs: ["10.20.0.0/24"] };
        for (const args of [balanced, alb, elsewhere]) {
            assert.deepEqual(problems({ ...args, mesh: "istio" }), [got("istio")]);
            assert.deepEqual(problems({ ...args, mesh: "istio", meshMtls: "permissive" }), []);
            assert.deepEqual(problems(args), []);
        }
        assert.deepEqual(problems({ ...ownGateway, tlsSecret: "ours", mesh: "linkerd" }), []);
    });

    it("refuses what would have no effect", () => {
        const [strict, permissive] = [{ meshMtls: "strict" }, { meshMtls: "permissive" }] as const;
        const [namespace, revision] = [{ meshNamespace: "mesh" }, { meshRevision: "1-28" }];
        assert.deepEqual(problems({ ...strict, mesh: "none" }), []);
        assert.deepEqual(problems({ ...permissive, ...namespace, ...revision }), [
            'meshMtls: "permissive", with mesh none',
            'meshNamespace: "mesh", with mesh none',
            'meshRevision: "1-28", with mesh none',
        ]);
        assert.deepEqual(problems({ mesh: "istio", ...permissive, ...namespace, ...revision }), []);
        assert.deepEqual(problems({ mesh: "linkerd", ...namespace, ...revision }), [
            'meshRevision: "1-28", with mesh linkerd',
        ]);
        assert.deepEqual(problems({ mesh: "istioAmbient", ...namespace }), [
            'meshNamespace: "mesh", with mesh istioAmbient',
        ]);
    });
});
