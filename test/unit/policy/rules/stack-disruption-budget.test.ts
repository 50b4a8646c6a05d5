import assert from "node:assert/strict";
import { stackDisruptionBudget } from "../../../../policy/rules/stack-disruption-budget";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";

const app = (replicas?: unknown, kind?: string): Given => {
    const given = { ...podResource(kind), name: "app" };
    (given.props.spec as Props).replicas = replicas;
    return given;
};

const budget = (spec: Props, namespace: unknown = "team", version = "v1"): Given => ({
    type: `kubernetes:policy/${version}:PodDisruptionBudget`,
    name: "budget",
    props: { metadata: { namespace }, spec: { selector: { matchLabels: { app: "app" } }, ...spec } },
});

const autoscaler = (spec: Props, name: unknown = "app"): Given => ({
    type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    name: "scaler",
    props: {
        metadata: { name: "app", namespace: "team" },
        spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name }, maxReplicas: 9, ...spec },
    },
});

const violations = (...given: Given[]) => judged(stackDisruptionBudget, given).violations;
const missing = (replicas: number) => `app: has ${replicas} replicas but no PodDisruptionBudget selects its pods`;

describe("stack-disruption-budget", () => {
    it("wants a budget for two or more replicas, of every kind that has them", () => {
        for (const kind of ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Argo Rollout"]) {
            assert.deepEqual(violations(app(2, kind)), [missing(2)], kind);
            assert.deepEqual(violations(app(2, kind), budget({ maxUnavailable: 1 })), [], kind);
            assert.deepEqual(violations(app(1, kind)), [], kind);
            assert.deepEqual(violations(app(undefined, kind)), [], kind);
        }
        assert.deepEqual(violations(podResource("DaemonSet"), podResource("CronJob"), podResource("Pod")), []);
        assert.deepEqual(violations(app(2), budget({ maxUnavailable: 1 }, "other")), [missing(2)]);
    });

    it("counts the replicas that an autoscaler always keeps", () => {
        assert.deepEqual(violations(app(undefined), autoscaler({ minReplicas: 3 })), [missing(3)]);
        assert.deepEqual(violations(app(5), autoscaler({ minReplicas: 1 })), []);
        assert.deepEqual(violations(app(5), autoscaler({})), []);
    });

    it("finds a budget that lets no pod go", () => {
        const cases: [Props, number, string][] = [
            [{ maxUnavailable: 0 }, 3, "spec.maxUnavailable: is 0"],
            [{ maxUnavailable: "0%" }, 3, "spec.maxUnavailable: is 0"],
            [{ maxUnavailable: "0" }, 3, "spec.maxUnavailable: is 0"],
            [{ minAvailable: "100%" }, 3, "spec.minAvailable: is all of the pods"],
            [{ minAvailable: 3 }, 3, "spec.minAvailable: is all of the pods when there are 3"],
            [{ minAvailable: 4 }, 3, "spec.minAvailable: is all of the pods when there are 3"],
            [{ minAvailable: 1 }, 1, "spec.minAvailable: is all of the pods when there are 1"],
            [{ minAvailable: "51%" }, 2, "spec.minAvailable: is all of the pods when there are 2"],
        ];
        for (const [spec, replicas, expected] of cases)
            assert.deepEqual(
                violations(app(replicas), budget(spec)),
                [`budget: ${expected}, so that no node can be drained; let one pod be unavailable`],
                JSON.stringify(spec),
            );
    });

    it("passes a budget that lets a pod go", () => {
        const cases: [Props, number][] = [
            [{ maxUnavailable: 1 }, 1],
            [{ maxUnavailable: "1%" }, 2],
            [{ minAvailable: 2 }, 3],
            [{ minAvailable: "50%" }, 2],
            [{ minAvailable: 0 }, 2],
            [{}, 2],
        ];
        for (const [spec, replicas] of cases)
            assert.deepEqual(violations(app(replicas), budget(spec)), [], JSON.stringify(spec));
    });

    it("counts all that the budget selects, and nothing when some has no number", () => {
        const more = { ...app(2, "StatefulSet"), name: "more" };
        assert.deepEqual(violations(app(2), more, budget({ minAvailable: 3 })), []);
        assert.equal(violations(app(2), more, budget({ minAvailable: 4 })).length, 1);
        assert.deepEqual(violations(app(2), podResource("DaemonSet"), budget({ minAvailable: 4 })), []);
        assert.equal(violations(app(9), autoscaler({ minReplicas: 2 }), budget({ minAvailable: 2 })).length, 1);
        assert.deepEqual(violations(budget({ minAvailable: 4 })), []);
    });

    it("finds two budgets for a pod", () => {
        const both = [budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 1, selector: {} })];
        assert.deepEqual(violations(app(1), ...both), [
            "app: 2 PodDisruptionBudgets select its pods; with more than one Kubernetes evicts none",
        ]);
    });

    it("takes an empty selector for what it is in each version", () => {
        const empty = { maxUnavailable: 1, selector: {} };
        assert.deepEqual(violations(app(2), budget(empty)), []);
        assert.deepEqual(violations(app(2), budget(empty, "team", "v1beta1")), [missing(2)]);
        assert.deepEqual(violations(app(2), budget({ maxUnavailable: 1, selector: undefined })), [missing(2)]);
    });

    it("leaves open what hangs on values that are not known", () => {
        const cases: [Given[], string][] = [
            [[app(unknown)], "spec.replicas"],
            [[app(2), budget({ maxUnavailable: 1, selector: unknown })], "spec.selector"],
            [[app(2), budget({ maxUnavailable: 1, selector: unknown }, "team", "v1beta1")], "spec.selector"],
            [[app(2), budget({ maxUnavailable: 1 }, unknown)], "metadata.namespace"],
            [[app(2), budget({ maxUnavailable: unknown })], "spec.maxUnavailable"],
            [[app(unknown), budget({ minAvailable: 2 })], "spec.replicas"],
            [[app(2), autoscaler({ minReplicas: 2 }, unknown)], "spec.scaleTargetRef.name"],
            [[app(2), autoscaler({ minReplicas: unknown })], "spec.minReplicas"],
        ];
        for (const [given, path] of cases) {
            const result = judged(stackDisruptionBudget, given);
            assert.deepEqual(result.violations, [], path);
            assert.ok(result.unjudged.includes(path), `${path}: ${result.unjudged.join()}`);
        }
        const hidden = {
            ...app(2),
            name: "hidden",
            props: { metadata: { name: "x", namespace: "team" }, spec: unknown },
        };
        assert.deepEqual(judged(stackDisruptionBudget, [app(2), hidden, budget({ minAvailable: 2 })]).violations, []);
        assert.equal(judged(stackDisruptionBudget, [app(unknown), budget({ maxUnavailable: 0 })]).violations.length, 1);
    });
});
