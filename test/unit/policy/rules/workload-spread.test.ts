import assert from "node:assert/strict";
import { workloadSpread } from "../../../../policy/rules/workload-spread";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";

describe("workload-spread", () => {
    const spec = (change: Props, kind = "Deployment", replicas: unknown = 2): Given => {
        const given = podResource(kind);
        const controller = given.props.spec as Props;
        controller.replicas = replicas;
        Object.assign((controller.template as Props).spec as Props, { topologySpreadConstraints: undefined }, change);
        return { ...given, name: "app" };
    };
    const violations = (...given: Given[]) => judged(workloadSpread, given).violations;
    const wrong = (path = "spec.template.spec") =>
        `app: ${path}.topologySpreadConstraints: spreads no replicas, nor does a podAntiAffinity; add one of them`;
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "app" } } };

    it("passes a workload that is spread", () => {
        assert.deepEqual(violations(podResource()), []);
    });

    it("finds replicas that are not, in each kind", () => {
        for (const kind of ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Argo Rollout"]) {
            assert.deepEqual(violations(spec({}, kind)), [wrong()], kind);
        }
    });

    it("takes an anti-affinity of either sort, and no empty one", () => {
        const affinity = (kind: string, terms: Props[]) => ({ affinity: { podAntiAffinity: { [kind]: terms } } });
        const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        const required = "requiredDuringSchedulingIgnoredDuringExecution";
        assert.deepEqual(violations(spec(affinity(required, [term]))), []);
        assert.deepEqual(violations(spec(affinity(preferred, [{ weight: 1, podAffinityTerm: term }]))), []);
        assert.deepEqual(violations(spec(affinity(required, []))), [wrong()]);
    });

    it("does not take a constraint that selects no pods", () => {
        const constraint = { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" };
        assert.deepEqual(violations(spec({ topologySpreadConstraints: [constraint] })), [wrong()]);
        assert.deepEqual(violations(spec({ topologySpreadConstraints: [] })), [wrong()]);
    });

    it("leaves out one replica, daemons and patches", () => {
        assert.deepEqual(violations(spec({}, "Deployment", 1), spec({}, "Deployment", null)), []);
        assert.deepEqual(violations(spec({}, "DaemonSet")), []);
        const patch = spec({});
        assert.deepEqual(violations({ ...patch, type: `${patch.type}Patch` }), []);
    });

    it("counts what an autoscaler may make of one replica", () => {
        const scaled = (maxReplicas: number) => ({
            type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
            props: {
                metadata: { namespace: "team" },
                spec: { maxReplicas, scaleTargetRef: { kind: "Deployment", name: "app" } },
            },
        });
        assert.deepEqual(violations(spec({}, "Deployment", null), scaled(5)), [wrong()]);
        assert.deepEqual(violations(spec({}, "Deployment", null), scaled(1)), []);
    });

    it("says what it cannot judge yet", () => {
        assert.deepEqual(judged(workloadSpread, spec({}, "Deployment", unknown)).unjudged, ["spec.replicas"]);
        assert.deepEqual(judged(workloadSpread, spec({ topologySpreadConstraints: unknown })).unjudged, [
            "spec.template.spec.topologySpreadConstraints",
        ]);
    });
});
