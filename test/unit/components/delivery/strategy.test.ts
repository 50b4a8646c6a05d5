import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { albIngress, ownGateway, traefikIngress } from "../../../support/edges";
import { at, plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const analysisPrometheus = "http://prometheus.monitoring.svc:9090";
const blueGreen: JustDbCloudArgs = { delivery: "blueGreen" };
const gateway: JustDbCloudArgs = { ...ownGateway, tlsSecret: "ours", delivery: "canary" };
const strategyOf = async (args: JustDbCloudArgs) =>
    (await plan(args)).at("justdb-rollout", "spec.strategy") as Record<string, Record<string, unknown>>;

/** The Services are there before the Rollout, which does nothing before, and Pulumi leaves their selectors alone. */
function leadsBy(made: Plan, ...services: string[]) {
    for (const name of ["justdb-service", ...services]) {
        assert.ok(waitsFor(made.get("justdb-rollout"), name), name);
        assert.deepEqual(made.get(name).ignoreChanges, ["spec.selector"], name);
        assert.deepEqual(made.at(name, "spec.selector"), { app: "justdb-cloud" }, name);
    }
}

describe("a blue-green delivery", () => {
    it("switches the app's Service, and has another one for the new version", async () => {
        const made = await plan(blueGreen);
        leadsBy(made, "justdb-preview-service");
        assert.deepEqual(await strategyOf(blueGreen), {
            blueGreen: {
                activeService: "justdb-cloud",
                previewService: "justdb-cloud-preview",
                autoPromotionEnabled: true,
                scaleDownDelaySeconds: 30,
            },
        });
        assert.equal(made.at("justdb-preview-service", "metadata.name"), "justdb-cloud-preview");
    });

    it("leaves a mark on the app's Service, without which Pulumi writes its selector again", async () => {
        const mark = async (args: JustDbCloudArgs) =>
            at((await plan(args)).get("justdb-service").inputs, "metadata.annotations.[justdb.cloud/selector]");
        assert.equal(await mark(blueGreen), "argo-rollouts");
        assert.equal(await mark({ delivery: "canary" }), undefined);
        assert.equal(await mark({}), undefined);
    });

    it("keeps the old pods until nobody sends requests to them, and as long as the new ones are judged", async () => {
        const stay = async (args: JustDbCloudArgs) =>
            (await strategyOf({ ...blueGreen, ...args })).blueGreen!.scaleDownDelaySeconds as number;
        assert.equal(await stay({ drainSeconds: 90 }), 90);
        assert.ok((await stay({ analysisPrometheus, blueGreenAnalysisSeconds: 300 })) > 300 + 30);
    });

    it("is judged before the switch where nobody decides it, and after it", async () => {
        const judged = (args: JustDbCloudArgs) => strategyOf({ ...blueGreen, analysisPrometheus, ...args });
        const automatic = (await judged({})).blueGreen!;
        assert.deepEqual(automatic.prePromotionAnalysis, automatic.postPromotionAnalysis);
        const { args } = automatic.prePromotionAnalysis as { args: { name: string; value?: string }[] };
        assert.equal(args.find(({ name }) => name === "end")?.value, "60s");
        const manual = (await judged({ blueGreenPromotion: "manual" })).blueGreen!;
        assert.equal(manual.autoPromotionEnabled, false);
        assert.equal(manual.prePromotionAnalysis, undefined);
        assert.ok(manual.postPromotionAnalysis);
    });

    it("may stand still for as long as it is judged", async () => {
        const seconds = async (args: JustDbCloudArgs) =>
            (await plan({ ...blueGreen, ...args })).at("justdb-rollout", "spec.progressDeadlineSeconds") as number;
        const judged = await seconds({ analysisPrometheus, blueGreenAnalysisSeconds: 3600 });
        assert.equal(judged - (await seconds({})), 3600);
    });

    it("has its route before the Rollout too, and without it, as ever, after the pods", async () => {
        assert.ok(waitsFor((await plan({ ...gateway, delivery: "blueGreen" })).get("justdb-rollout"), "justdb-route"));
        const pods = await plan(gateway);
        assert.ok(waitsFor(pods.get("justdb-route"), "justdb-delivered"));
        assert.deepEqual(pods.get("justdb-service").ignoreChanges, []);
    });
});

describe("a canary's share of requests", () => {
    const canary = async (args: JustDbCloudArgs) => (await strategyOf(args)).canary!;

    it("is that of its pods by default, without Services of its own", async () => {
        const made = await plan({ delivery: "canary" });
        assert.equal((await canary({ delivery: "canary" })).trafficRouting, undefined);
        assert.equal(made.has("justdb-canary-service"), false);
    });

    it("is by the weights of the HTTPRoute, whose backends are there before", async () => {
        const args: JustDbCloudArgs = { ...gateway, canaryTraffic: "gatewayApi" };
        const made = await plan(args);
        leadsBy(made, "justdb-canary-service");
        assert.ok(waitsFor(made.get("justdb-rollout"), "justdb-route"));
        assert.ok(waitsFor(made.get("justdb-route"), "justdb-canary-service"));
        assert.deepEqual(made.at("justdb-route", "spec.rules.0.backendRefs"), [
            { name: "justdb-cloud", port: 80, weight: 100 },
            { name: "justdb-cloud-canary", port: 80, weight: 0 },
        ]);
        const { stableService, canaryService, trafficRouting, scaleDownDelaySeconds } = await canary(args);
        assert.deepEqual([stableService, canaryService], ["justdb-cloud", "justdb-cloud-canary"]);
        assert.deepEqual(trafficRouting, {
            plugins: { "argoproj-labs/gatewayAPI": { httpRoute: "justdb-cloud", namespace: "justdb-cloud" } },
        });
        assert.equal(scaleDownDelaySeconds, 30);
    });

    it("is by the weights of a TraefikService, which are Argo Rollouts' from then on", async () => {
        const args: JustDbCloudArgs = { ...gateway, canaryTraffic: "traefik" };
        const made = await plan(args);
        leadsBy(made, "justdb-canary-service");
        assert.ok(waitsFor(made.get("justdb-route"), "justdb-weighted-service"));
        assert.deepEqual(made.at("justdb-route", "spec.rules.0.backendRefs"), [
            { group: "traefik.io", kind: "TraefikService", name: "justdb-cloud" },
        ]);
        assert.deepEqual(made.at("justdb-weighted-service", "spec.weighted.services"), [
            { name: "justdb-cloud", port: 80, weight: 100 },
            { name: "justdb-cloud-canary", port: 80, weight: 0 },
        ]);
        assert.deepEqual(made.get("justdb-weighted-service").ignoreChanges, ["spec.weighted"]);
        assert.deepEqual((await canary(args)).trafficRouting, {
            traefik: { weightedTraefikServiceName: "justdb-cloud" },
        });
    });

    it("is by the action of an application load balancer", async () => {
        const args: JustDbCloudArgs = { ...albIngress, allowPlainHttp: true, delivery: "canary", canaryTraffic: "alb" };
        const made = await plan(args);
        assert.ok(waitsFor(made.get("justdb-rollout"), "justdb-ingress"));
        assert.deepEqual(made.at("justdb-ingress", "spec.rules.0.http.paths.0.backend"), {
            service: { name: "justdb-cloud", port: { name: "use-annotation" } },
        });
        const annotations = made.at("justdb-ingress", "metadata.annotations") as Record<string, string>;
        const action = JSON.parse(annotations["alb.ingress.kubernetes.io/actions.justdb-cloud"]!) as unknown;
        assert.deepEqual(action, {
            type: "forward",
            forwardConfig: {
                targetGroups: [
                    { serviceName: "justdb-cloud", servicePort: "80", weight: 100 },
                    { serviceName: "justdb-cloud-canary", servicePort: "80", weight: 0 },
                ],
            },
        });
        assert.deepEqual((await canary(args)).trafficRouting, { alb: { ingress: "justdb-cloud", servicePort: 80 } });
    });

    it("leaves an Ingress of another controller as it is", async () => {
        const made = await plan({ ...traefikIngress, tlsSecret: "ours", delivery: "canary" });
        assert.deepEqual(made.at("justdb-ingress", "spec.rules.0.http.paths.0.backend"), {
            service: { name: "justdb-cloud", port: { number: 80 } },
        });
    });
});
