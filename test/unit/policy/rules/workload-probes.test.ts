import assert from "node:assert/strict";
import { workloadProbes } from "../../../../policy/rules/workload-probes";
import { breaks } from "../../../support/policy/breaks/workload-probes";
import { judged, type Props } from "../../../support/policy/judge";
import { podKinds, podResource } from "../../../support/policy/pods";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(workloadProbes, breaks);

describe("workload-probes", () => {
    const withoutProbes = (kind: string, more: Props = {}, init: Props = {}) => {
        const { spec: path } = podKinds[kind]!;
        const resource = podResource(kind);
        const spec = path.reduce<Props>((part, key) => part[key] as Props, resource.props);
        const strip = (container: Props) => ({ ...container, livenessProbe: undefined, readinessProbe: undefined });
        spec.containers = (spec.containers as Props[]).map(strip);
        spec.initContainers = (spec.initContainers as Props[]).map((container) => ({ ...container, ...init }));
        Object.assign(spec, more);
        return judged(workloadProbes, resource).violations;
    };

    it("asks none of what ends, nor of what another kind does with its template", () => {
        for (const kind of ["Job", "CronJob", "PodTemplate", "custom resource"]) {
            assert.deepEqual(withoutProbes(kind), [], kind);
        }
        for (const restartPolicy of ["Never", "OnFailure"])
            assert.deepEqual(withoutProbes("Pod", { restartPolicy }), []);
    });

    it("asks them of a sidecar, which runs on, and not of another init container", () => {
        const ofInit = (violations: string[]) => violations.filter((violation) => violation.includes("[init]"));
        assert.equal(ofInit(withoutProbes("Deployment", {}, { restartPolicy: "Always" })).length, 2);
        assert.deepEqual(ofInit(withoutProbes("Deployment")), []);
    });

    it("asks none of an ephemeral container, which cannot have any", () => {
        const ephemeralContainers = [{ name: "debug" }];
        const violations = withoutProbes("Pod", { ephemeralContainers });
        assert.ok(violations.every((violation) => !violation.includes("[debug]")));
    });

    it("finds a probe that probes nothing", () => {
        const pod = podResource("Pod");
        const [container] = (pod.props.spec as Props).containers as Props[];
        container!.livenessProbe = { periodSeconds: 5 };
        assert.match(judged(workloadProbes, pod).violations.join(), /livenessProbe: has none of httpGet/);
        assert.deepEqual(judged(workloadProbes, { ...pod, type: `${pod.type}Patch` }).violations, []);
    });
});
