import assert from "node:assert/strict";
import type { JustDbCloudArgs } from "../../../../components";
import { plan, type Plan } from "../../../support/mocks";
import { waitsFor } from "../../../support/mocks-monitor";

const rollout = "justdb-rollout";
const job = "justdb-delivered";

describe("a delivery by Argo Rollouts", () => {
    let rolling: Plan;
    let made: Plan;
    before(async () => {
        rolling = await plan({});
        made = await plan({ delivery: "canary" });
    });

    it("has a Rollout in the place of the Deployment, and by default the Deployment", () => {
        assert.deepEqual(
            [rolling.has("justdb-deployment"), rolling.has(rollout), rolling.has(job)],
            [true, false, false],
        );
        assert.deepEqual([made.has("justdb-deployment"), made.has(rollout), made.has(job)], [false, true, true]);
    });

    it("makes the same pods as the Deployment, under the same name", () => {
        const of = (plan: Plan, name: string, path: string) => plan.at(name, path);
        for (const path of [
            "metadata.name",
            "spec.template",
            "spec.selector",
            "spec.minReadySeconds",
            "spec.replicas",
        ]) {
            assert.deepEqual(of(made, rollout, path), of(rolling, "justdb-deployment", path), path);
        }
        assert.deepEqual(made.get(rollout).ignoreChanges, ["spec.replicas"]);
    });

    it("is deleted without a wait for its pods: its Services are told at once", () => {
        const annotations = made.at(rollout, "metadata.annotations") as Record<string, string>;
        assert.equal(annotations["pulumi.com/deletionPropagationPolicy"], "background");
    });

    it("is scaled in the place of the Deployment, once it serves", () => {
        assert.deepEqual(made.at("justdb-autoscaler", "spec.scaleTargetRef"), {
            apiVersion: "argoproj.io/v1alpha1",
            kind: "Rollout",
            name: "justdb-cloud",
        });
        assert.ok(waitsFor(made.get("justdb-autoscaler"), job));
        assert.deepEqual(made.at("justdb-budget", "spec"), rolling.at("justdb-budget", "spec"));
    });

    it("goes by the steps of the settings", async () => {
        const steps = async (args: JustDbCloudArgs) =>
            (await plan({ delivery: "canary", ...args })).at(rollout, "spec.strategy.canary.steps");
        assert.deepEqual(await steps({}), [
            { setWeight: 10 },
            { pause: { duration: "60s" } },
            { setWeight: 50 },
            { pause: { duration: "300s" } },
        ]);
        assert.deepEqual(await steps({ canarySteps: ["25%:2h"] }), [
            { setWeight: 25 },
            { pause: { duration: "7200s" } },
        ]);
    });

    it("counts two fleets in the quota", () => {
        const pods = (plan: Plan) => Number(plan.at("justdb-quota", "spec.hard.pods"));
        assert.equal(pods(made) - pods(rolling), 10 + 1);
    });
});

describe("the Job that waits for a delivery", () => {
    const args: JustDbCloudArgs = { delivery: "canary" };
    const variable = async (more: JustDbCloudArgs, name: string) => {
        const env = (await plan({ ...args, ...more })).at(job, "spec.template.spec.containers.0.env");
        return (env as { name: string; value?: string }[]).find((one) => one.name === name)?.value;
    };

    it("comes after the Rollout and the scripts", async () => {
        const made = await plan(args);
        assert.ok(waitsFor(made.get(job), rollout));
        assert.ok(waitsFor(made.get(job), "justdb-operations"));
    });

    it("is another one when what the Rollout asks for becomes another, and for nothing else", async () => {
        const nameFor = async (more: JustDbCloudArgs) => (await plan({ ...args, ...more })).at(job, "metadata.name");
        const name = await nameFor({});
        assert.match(String(name), /^justdb-delivered-[0-9a-f]{16}$/);
        assert.notEqual(await nameFor({ appImage: "justdb/cloud:1.0.1" }), name);
        assert.notEqual(await nameFor({ canarySteps: ["20%:1m"] }), name);
        assert.notEqual(await nameFor({ jwtExpirationSeconds: 60 }), name);
        assert.equal(await nameFor({ appReplicas: 4 }), name);
        assert.equal(await nameFor({ backupSchedule: "1 1 * * *" }), name);
    });

    it("may look at its Rollout, its analyses and pods, and tell of it, and nothing else", async () => {
        const made = await plan(args);
        assert.deepEqual(made.at("justdb-delivered-role", "rules"), [
            { apiGroups: ["argoproj.io"], resources: ["rollouts"], resourceNames: ["justdb-cloud"], verbs: ["get"] },
            { apiGroups: ["argoproj.io"], resources: ["analysisruns"], verbs: ["list"] },
            { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
            { apiGroups: [""], resources: ["events"], verbs: ["create"] },
        ]);
        assert.equal(made.at(job, "spec.template.spec.serviceAccountName"), "justdb-delivered");
    });

    it("waits for all pods and all steps, and beyond that for somebody", async () => {
        const seconds = async (more: JustDbCloudArgs) => Number(await variable(more, "PATIENCE_SECONDS"));
        assert.equal((await seconds({ canarySteps: ["10%:10m"] })) - (await seconds({ canarySteps: ["10%:1m"] })), 540);
        assert.equal(await variable({ deliveryTimeoutSeconds: 7200 }, "PROMOTION_SECONDS"), "7200");
        const made = await plan(args);
        const most = (await seconds({})) + 3600;
        assert.ok(Number(made.get(job).createTimeout.slice(0, -1)) > most);
        assert.ok(Number(made.at(job, "spec.activeDeadlineSeconds")) > most);
    });
});
