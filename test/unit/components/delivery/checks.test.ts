import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { check, resolve } from "../../../../components/config/resolve";
import { requirements } from "../../../../components/delivery/requirements";
import { albIngress, balanced, ownGateway } from "../../../support/edges";

const problems = (args: JustDbCloudArgs) => check(args).map(({ key, got }) => `${key}: ${got}`);
const analysisPrometheus = "http://prometheus.monitoring.svc:9090";

describe("settings of the delivery", () => {
    it("take a canary's steps as a share and a time, in order", () => {
        const stepsAre = (...canarySteps: string[]) => problems({ delivery: "canary", canarySteps });
        assert.deepEqual(stepsAre("1%:30s", "10%:5m", "99%:1h"), []);
        for (const wrong of ["0%:1m", "100%:1m", "10:1m", "10%:1d", "10%:0m", "10%"]) {
            assert.match(stepsAre(wrong)[0]!, /^canarySteps: /, wrong);
        }
        assert.match(stepsAre()[0]!, /^canarySteps: /);
        assert.deepEqual(stepsAre("50%:1m", "10%:1m"), ['canarySteps: ["50%:1m","10%:1m"]']);
        assert.deepEqual(stepsAre("50%:1m", "50%:2m").length, 1);
    });

    it("say nothing for another delivery, and are refused there", () => {
        assert.deepEqual(problems({ canarySteps: ["20%:1m"] }), ['canarySteps: ["20%:1m"], with delivery rolling']);
        assert.deepEqual(problems({ delivery: "blueGreen", canaryTraffic: "traefik" }).length, 1);
        assert.deepEqual(problems({ delivery: "canary", blueGreenPromotion: "manual" }).length, 1);
        assert.deepEqual(problems({ analysisPrometheus, analysisMinRequests: 5 }).length, 2);
    });

    it("judge nothing without Prometheus", () => {
        assert.deepEqual(problems({ delivery: "canary", analysisMinRequests: 5 }), [
            "analysisMinRequests: 5, without analysisPrometheus",
        ]);
        const blueGreen: JustDbCloudArgs = { delivery: "blueGreen", blueGreenAnalysisSeconds: 90 };
        assert.deepEqual(problems(blueGreen), ["blueGreenAnalysisSeconds: 90, without analysisPrometheus"]);
        assert.deepEqual(problems({ ...blueGreen, analysisPrometheus }), []);
    });

    it("split requests by an edge that can", () => {
        const canary = { delivery: "canary" } as const;
        const gateway: JustDbCloudArgs = { ...ownGateway, tlsSecret: "ours", ...canary };
        const alb: JustDbCloudArgs = { ...albIngress, allowPlainHttp: true, ...canary };
        assert.deepEqual(problems({ ...gateway, canaryTraffic: "gatewayApi" }), []);
        assert.deepEqual(problems({ ...gateway, canaryTraffic: "traefik" }), []);
        assert.deepEqual(problems({ ...alb, canaryTraffic: "alb" }), []);
        assert.deepEqual(problems({ ...gateway, canaryTraffic: "alb" }), ["canaryTraffic: alb, with edge gateway"]);
        assert.deepEqual(problems({ ...canary, canaryTraffic: "traefik" }), ["canaryTraffic: traefik, with edge none"]);
        assert.deepEqual(problems({ ...alb, canaryTraffic: "gatewayApi" }), [
            "canaryTraffic: gatewayApi, with edge ingress",
        ]);
    });

    it("switch at once only where the new pods are known at once", () => {
        const delivery = "blueGreen";
        assert.deepEqual(problems({ delivery, appReplicas: 1 }), []);
        assert.deepEqual(problems({ ...balanced, delivery }), ["delivery: blueGreen, with edge loadBalancer"]);
        assert.deepEqual(problems({ ...albIngress, allowPlainHttp: true, delivery }), [
            "delivery: blueGreen, with an application load balancer",
        ]);
    });
});

describe("requirements of the delivery", () => {
    const apis = (args: JustDbCloudArgs) => requirements(resolve(args, "justdb")).map(({ api }) => api);

    it("are Argo Rollouts, and Traefik's definitions where it splits requests", () => {
        assert.deepEqual(apis({}), []);
        assert.deepEqual(apis({ delivery: "canary" }), ["argoproj.io/v1alpha1/Rollout"]);
        const gateway: JustDbCloudArgs = { ...ownGateway, tlsSecret: "ours", delivery: "canary" };
        assert.deepEqual(apis({ ...gateway, canaryTraffic: "traefik" }), [
            "argoproj.io/v1alpha1/Rollout",
            "traefik.io/v1alpha1/TraefikService",
        ]);
    });
});
