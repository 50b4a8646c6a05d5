import assert from "node:assert/strict";
import { workloadReplicas } from "../../../../policy/rules/workload-replicas";
import type { Config } from "../../../../policy/lib/rule";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";

describe("workload-replicas", () => {
    const deployment = (spec: Props, type = "kubernetes:apps/v1:Deployment"): Given => ({
        type,
        name: "app",
        props: { metadata: { name: "app", namespace: "team" }, spec },
    });
    const autoscaler = (spec: Props, target: Props = {}, type = "autoscaling/v2:HorizontalPodAutoscaler"): Given => ({
        type: `kubernetes:${type}`,
        name: "autoscaler",
        props: {
            metadata: { name: "autoscaler", namespace: "team" },
            spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "app", ...target }, ...spec },
        },
    });
    const keda = (spec: Props) => autoscaler(spec, {}, "keda.sh/v1alpha1:ScaledObject");
    const violations = (given: Given[], config?: Config) => judged(workloadReplicas, given, config).violations;

    it("passes two replicas, and a workload that is switched off", () => {
        assert.deepEqual(violations([deployment({ replicas: 2 })]), []);
        assert.deepEqual(violations([deployment({ replicas: 0 })]), []);
    });

    it("finds one replica in each kind and API version", () => {
        for (const type of [
            "kubernetes:apps/v1:Deployment",
            "kubernetes:apps/v1beta2:Deployment",
            "kubernetes:extensions/v1beta1:Deployment",
            "kubernetes:apps/v1:DeploymentPatch",
            "kubernetes:argoproj.io/v1alpha1:Rollout",
        ]) {
            assert.deepEqual(
                violations([deployment({ replicas: 1 }, type)]),
                ["app: spec.replicas: is 1; it must be 2 or more, or an autoscaler's"],
                type,
            );
        }
    });

    it("takes none given for one, but not in a patch", () => {
        assert.match(violations([deployment({})]).join(), /^app: spec\.replicas: is missing/);
        assert.deepEqual(violations([deployment({}, "kubernetes:apps/v1:DeploymentPatch")]), []);
    });

    it("leaves out what must not run twice, and other kinds", () => {
        assert.deepEqual(violations([deployment({ replicas: 1, strategy: { type: "Recreate" } })]), []);
        assert.deepEqual(violations([deployment({ replicas: 1 }, "kubernetes:apps/v1:StatefulSet")]), []);
    });

    it("goes by what the workload's autoscaler may do", () => {
        const app = deployment({ replicas: 1 });
        assert.deepEqual(violations([app, autoscaler({ minReplicas: 1, maxReplicas: 2 })]), []);
        assert.deepEqual(violations([deployment({}), autoscaler({ maxReplicas: 3 })]), []);
        assert.deepEqual(violations([app, autoscaler({ maxReplicas: 1 })]), [
            "autoscaler: spec.maxReplicas: is too few; it must be 2 or more",
        ]);
    });

    it("can ask for more of an autoscaler", () => {
        const given = [deployment({}), autoscaler({ maxReplicas: 3 })];
        assert.deepEqual(violations(given, { autoscaledMinimum: 2 }), [
            "autoscaler: spec.minReplicas: is too few; it must be 2 or more",
        ]);
        assert.deepEqual(violations([deployment({ replicas: 2 })], { minimum: 3 }).length, 1);
    });

    it("knows KEDA's autoscaler, which may scale to nothing", () => {
        assert.deepEqual(violations([deployment({}), keda({})], { autoscaledMinimum: 2 }), []);
        assert.equal(violations([deployment({}), keda({ maxReplicaCount: 1 })]).length, 1);
    });

    it("does not take another workload's autoscaler for this one's", () => {
        for (const target of [{ name: "other" }, { kind: "StatefulSet" }]) {
            assert.equal(violations([deployment({}), autoscaler({ maxReplicas: 3 }, target)]).length, 1);
        }
        const elsewhere = autoscaler({ maxReplicas: 3 });
        elsewhere.props.metadata = { name: "autoscaler", namespace: "other" };
        assert.equal(violations([deployment({}), elsewhere]).length, 1);
    });

    it("takes a namespace and a kind that are not given for the ones that Kubernetes does", () => {
        const app = deployment({});
        app.props.metadata = { name: "app", namespace: "default" };
        const scaler = keda({ scaleTargetRef: { name: "app" } });
        scaler.props.metadata = { name: "autoscaler" };
        assert.deepEqual(violations([app, scaler]), []);
    });

    it("needs no name of a workload where nothing scales any", () => {
        const app = deployment({ replicas: 2 });
        app.props.metadata = { name: unknown };
        assert.deepEqual(judged(workloadReplicas, app), { violations: [], unjudged: [] });
    });

    it("says what it cannot judge yet", () => {
        const unsure = autoscaler({ maxReplicas: 3 }, { name: unknown });
        assert.deepEqual(judged(workloadReplicas, [deployment({}), unsure]), {
            violations: [],
            unjudged: ["spec.scaleTargetRef.name"],
        });
        assert.deepEqual(judged(workloadReplicas, deployment({ replicas: unknown })), {
            violations: [],
            unjudged: ["spec.replicas"],
        });
    });
});
