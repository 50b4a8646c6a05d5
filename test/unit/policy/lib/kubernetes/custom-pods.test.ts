import assert from "node:assert/strict";
import type { Rule } from "../../../../../policy/lib/rule";
import { networkMetadataEgress } from "../../../../../policy/rules/network-metadata-egress";
import { podSecurityHostNamespaces } from "../../../../../policy/rules/pod-security-host-namespaces";
import { podSecurityPrivileged } from "../../../../../policy/rules/pod-security-privileged";
import { podSecurityRunAsNonRoot } from "../../../../../policy/rules/pod-security-run-as-non-root";
import { podSecurityVolumeTypes } from "../../../../../policy/rules/pod-security-volume-types";
import { secretInEnv } from "../../../../../policy/rules/secret-in-env";
import { stackPodNetwork } from "../../../../../policy/rules/stack-pod-network";
import { workloadRuntimeSocket } from "../../../../../policy/rules/workload-runtime-socket";
import { workloadReadOnlyRootFilesystem } from "../../../../../policy/rules/workload-read-only-root-filesystem";
import { rules } from "../../../../../policy/rules";
import { judged, type Props, unknown } from "../../../../support/policy/judge";
import { goodPodSpec } from "../../../../support/policy/pods";

const custom = (group: string, kind: string, spec: unknown) => ({
    type: `kubernetes:${group}/v1:${kind}`,
    props: { metadata: { name: "it", namespace: "team" }, spec },
});
const said = (rule: Rule, group: string, kind: string, spec: unknown) => judged(rule, custom(group, kind, spec));

const image = "registry.example.com/app:1";
const privileged = { name: "app", image, securityContext: { privileged: true } };
const podSpec = { containers: [privileged] };

/** Where operators keep pods, and the place that a message names. */
const places: [group: string, kind: string, spec: Props, place: string][] = [
    ["acme.example", "Fleet", { podTemplate: { spec: podSpec } }, "spec.podTemplate.spec.containers[app]"],
    ["acme.example", "Fleet", { pools: [{ workerTemplate: { spec: podSpec } }] }, "spec.pools[0].workerTemplate.spec.containers[app]"],
    ["ray.io", "RayJob", { rayClusterSpec: { headGroupSpec: { template: { spec: podSpec } } } }, "spec.rayClusterSpec.headGroupSpec.template.spec.containers[app]"],
    ["flink.apache.org", "FlinkDeployment", { jobManager: { podTemplate: { spec: podSpec } } }, "spec.jobManager.podTemplate.spec.containers[app]"],
    ["jobset.x-k8s.io", "JobSet", { replicatedJobs: [{ name: "a", template: { spec: { template: { spec: podSpec } } } }] }, "spec.replicatedJobs[a].template.spec.template.spec.containers[app]"],
    ["apps.openshift.io", "DeploymentConfig", { template: { spec: podSpec } }, "spec.template.spec.containers[app]"],
    ["argoproj.io", "Workflow", { templates: [{ name: "main", container: privileged }] }, "spec.templates[main].container"],
    ["argoproj.io", "WorkflowTemplate", { templates: [{ name: "main", script: { ...privileged, source: "x" } }] }, "spec.templates[main].script"],
    ["argoproj.io", "ClusterWorkflowTemplate", { templates: [{ name: "main", containerSet: podSpec }] }, "spec.templates[main].containerSet.containers[app]"],
    ["argoproj.io", "CronWorkflow", { workflowSpec: { templates: [{ name: "main", container: { image }, sidecars: [privileged] }] } }, "spec.workflowSpec.templates[main].sidecars[app]"],
    ["argoproj.io", "Workflow", { templates: [{ name: "main", container: { image }, initContainers: [privileged] }] }, "spec.templates[main].initContainers[app]"],
    ["argoproj.io", "Sensor", { template: { container: { securityContext: { privileged: true } } } }, "spec.template.container"],
    ["tekton.dev", "Task", { steps: [privileged] }, "spec.steps[app]"],
    ["tekton.dev", "Pipeline", { tasks: [{ name: "a", taskSpec: { steps: [privileged] } }] }, "spec.tasks[a].taskSpec.steps[app]"],
    ["monitoring.coreos.com", "Prometheus", { containers: [privileged] }, "spec.containers[app]"],
    ["sparkoperator.k8s.io", "SparkApplication", { driver: { securityContext: { privileged: true } } }, "spec.driver"],
    ["acid.zalan.do", "postgresql", { sidecars: [privileged] }, "spec.sidecars[app]"],
    ["acid.zalan.do", "postgresql", { initContainers: [privileged] }, "spec.initContainers[app]"],
    ["kubernetes.crossplane.io", "Object", { forProvider: { manifest: { kind: "Pod", spec: podSpec } } }, "spec.forProvider.manifest.spec.containers[app]"],
]; // prettier-ignore

describe("the pods in a custom resource", () => {
    it("are found by their shape, wherever an operator has them", () => {
        for (const [group, kind, spec, place] of places)
            assert.deepEqual(
                said(podSecurityPrivileged, group, kind, spec).violations,
                [`${place}.securityContext.privileged: must be false or absent`],
                `${group} ${kind}`,
            );
    });

    it("are judged as a whole where they say themselves what they run", () => {
        for (const name of ["template", "podTemplate", "workerTemplate", "submitterPodTemplate"]) {
            const bare = { [name]: { spec: { containers: [{ name: "app", image }] } } };
            assert.equal(said(podSecurityRunAsNonRoot, "acme.example", "Fleet", bare).violations.length, 1, name);
            const good = { [name]: { spec: goodPodSpec() } };
            for (const rule of rules.filter(({ level }) => level === "mandatory"))
                if (!rule.name.startsWith("stack-"))
                    assert.deepEqual(said(rule, "acme.example", "Fleet", good).violations, [], `${rule.name}, ${name}`);
        }
    });

    it("lack nothing where an operator fills them in, and what they have is judged", () => {
        const filledIn: [string, string, Props][] = [
            ["postgresql.cnpg.io", "Pooler", { template: { spec: { containers: [{ name: "pgbouncer", resources: { limits: { memory: "1Gi" } } }] } } }],
            ["postgresql.cnpg.io", "Pooler", { template: { spec: { containers: [] } } }],
            ["elasticsearch.k8s.elastic.co", "Elasticsearch", { nodeSets: [{ podTemplate: { spec: { containers: [{ name: "elasticsearch", env: [] }] } } }] }],
            ["monitoring.coreos.com", "Prometheus", { containers: [{ name: "prometheus", image }] }],
            ["gateway.envoyproxy.io", "EnvoyProxy", { provider: { kubernetes: { envoyDeployment: { container: { image, env: [] } } } } }],
            ["flink.apache.org", "FlinkDeployment", { podTemplate: { spec: { securityContext: { fsGroup: 9 } } } }],
        ]; // prettier-ignore
        for (const [group, kind, spec] of filledIn)
            for (const rule of rules.filter(({ level }) => level === "mandatory"))
                assert.deepEqual(
                    said(rule, group, kind, spec),
                    { violations: [], unjudged: [] },
                    `${rule.name} ${kind}`,
                );
        const pooler = {
            template: { spec: { hostNetwork: true, containers: [{ name: "pgbouncer", resources: {} }] } },
        };
        assert.equal(said(podSecurityHostNamespaces, "postgresql.cnpg.io", "Pooler", pooler).violations.length, 1);
    });

    it("have settings of a pod in places of the operator's own", () => {
        const hostPath = { volumes: [{ name: "docker", hostPath: { path: "/data" } }] };
        assert.equal(said(podSecurityVolumeTypes, "acme.example", "Agent", { node: hostPath }).violations.length, 1);
        assert.equal(said(podSecurityHostNamespaces, "acme.example", "Agent", { hostPID: true }).violations.length, 1);
        const strimzi = { kafka: { template: { pod: { securityContext: { runAsNonRoot: false } } } } };
        assert.equal(said(podSecurityRunAsNonRoot, "kafka.strimzi.io", "Kafka", strimzi).violations.length, 1);
        const env = { env: [{ name: "DB_PASSWORD", value: "hunter2" }], image };
        assert.equal(said(secretInEnv, "acme.example", "Agent", { driver: env }).violations.length, 1);
    });

    it("have settings under names of the operator's own", () => {
        const hostPath = { name: "docker", hostPath: { path: "/var/run/docker.sock" } };
        for (const [spec, place] of [
            [{ extraVolumes: [hostPath] }, "spec.extraVolumes[docker].hostPath"],
            [{ pxc: { sidecarVolumes: [hostPath] } }, "spec.pxc.sidecarVolumes[docker].hostPath"],
            [{ additionalVolumes: [{ name: "a", volumeSource: { hostPath: hostPath.hostPath } }] }, "spec.additionalVolumes[a].volumeSource.hostPath"],
        ] as const) {
            const [found] = said(podSecurityVolumeTypes, "acme.example", "Agent", spec).violations;
            assert.ok(found?.startsWith(`${place}: is a volume type`), place);
            assert.equal(said(workloadRuntimeSocket, "acme.example", "Agent", spec).violations.length, 1, place);
        }
        const container = { pxc: { containerSecurityContext: { privileged: true } } };
        assert.deepEqual(said(podSecurityPrivileged, "pxc.percona.com", "PerconaXtraDBCluster", container).violations, ["spec.pxc.containerSecurityContext.privileged: must be false or absent"]);
        const pod = { driver: { securityContext: {}, podSecurityContext: { runAsNonRoot: false } } };
        assert.deepEqual(said(podSecurityRunAsNonRoot, "sparkoperator.k8s.io", "SparkApplication", pod).violations, ["spec.driver.podSecurityContext.runAsNonRoot: must be true"]);
        for (const name of ["env", "extraEnv", "extraEnvs", "extraEnvVars"]) {
            const env = (value: string) => ({ predictor: { model: { [name]: [{ name: "DB_PASSWORD", value }] } } });
            assert.equal(said(secretInEnv, "serving.kserve.io", "InferenceService", env("hunter2")).violations.length, 1, name);
            for (const rule of rules.filter(({ level }) => level === "mandatory"))
                assert.deepEqual(said(rule, "acme.example", "Agent", env("$(PASSWORD)")), { violations: [], unjudged: [] }, `${rule.name} ${name}`);
        }
    }); // prettier-ignore

    it("are templates by their shape, and by the name of a pod's spec", () => {
        const bare = { containers: [{ name: "app", image }] };
        for (const spec of [
            { podTemplateSpec: { metadata: {}, spec: bare } },
            { pod: { spec: bare } },
            { podTemplates: [{ spec: bare }] },
            { cliques: [{ name: "a", spec: { podSpec: bare } }] },
        ]) {
            const { violations } = said(podSecurityRunAsNonRoot, "acme.example", "Fleet", spec);
            assert.equal(violations.length, 1, JSON.stringify(spec));
        }
        const filledIn = { podSpec: { containers: [{ name: "app" }] }, pod: { spec: { containers: [{ name: "app" }] } } };
        assert.deepEqual(said(podSecurityRunAsNonRoot, "acme.example", "Fleet", filledIn).violations, []);
    }); // prettier-ignore

    it("are found where containers are a map", () => {
        const { violations } = said(podSecurityPrivileged, "score.dev", "Workload", { containers: { main: privileged } });
        assert.deepEqual(violations, ["spec.containers.main.securityContext.privileged: must be false or absent"]);
    }); // prettier-ignore

    it("have their scripts read for secrets", () => {
        const text = "#!/bin/sh\ncurl -u admin:S3cr3tPassw0rd https://example.com/\n";
        const step = { steps: [{ name: "a", image, script: text }] };
        assert.equal(said(secretInEnv, "tekton.dev", "Task", step).violations.length, 1);
        const script = { templates: [{ name: "a", script: { image, source: text } }] };
        assert.equal(said(secretInEnv, "argoproj.io", "Workflow", script).violations.length, 1);
    });

    it("of a workflow have what is said for all of it", () => {
        const container = { image, securityContext: { readOnlyRootFilesystem: true } };
        const workflow = { templates: [{ name: "a", container }, { name: "b", container }, { name: "dag", dag: {} }] }; // prettier-ignore
        const nonRoot = (more: Props) => said(podSecurityRunAsNonRoot, "argoproj.io", "Workflow", { ...workflow, ...more }).violations; // prettier-ignore
        assert.equal(nonRoot({}).length, 2);
        assert.deepEqual(nonRoot({ securityContext: { runAsNonRoot: true } }), []);
        assert.deepEqual(nonRoot({ securityContext: { runAsNonRoot: false } }), ["spec.securityContext.runAsNonRoot: must be true"]); // prettier-ignore
        assert.deepEqual(nonRoot({ templateDefaults: { securityContext: { runAsNonRoot: true } } }), []);
        const writes = { templates: [{ name: "a", container: { image } }] };
        assert.equal(said(workloadReadOnlyRootFilesystem, "argoproj.io", "Workflow", writes).violations.length, 1);
    });

    it("are said to be not judged where they are a text", () => {
        for (const podSpecPatch of [
            '{"containers":[{"name":"main","securityContext":{"privileged":true}}]}',
            "containers:\n- name: main\n  securityContext:\n    privileged: true\n",
        ]) {
            const { unjudged } = said(podSecurityPrivileged, "argoproj.io", "Workflow", { podSpecPatch });
            assert.deepEqual(unjudged, ["spec.podSpecPatch"]);
        }
        const other = said(podSecurityPrivileged, "acme.example", "Note", { text: "these containers: blue, red" });
        assert.deepEqual(other.unjudged, []);
    });

    it("are waited for where a template is not known, and other values are not", () => {
        for (const name of ["template", "podTemplate", "containers"])
            assert.deepEqual(said(podSecurityPrivileged, "acme.example", "Fleet", { [name]: unknown }).unjudged, [`spec.${name}`]); // prettier-ignore
        assert.deepEqual(said(podSecurityPrivileged, "acme.example", "Fleet", { size: unknown }).unjudged, []);
    });

    it("are none in patterns of pods, in volumes' templates, and in other objects", () => {
        const pattern = { rules: [{ validate: { pattern: { spec: { template: { spec: { hostNetwork: true, containers: [privileged] } } } } } }] }; // prettier-ignore
        for (const rule of [podSecurityPrivileged, podSecurityHostNamespaces])
            assert.deepEqual(said(rule, "kyverno.io", "ClusterPolicy", pattern).violations, []);
        for (const rule of [podSecurityRunAsNonRoot, networkMetadataEgress]) {
            const claim = { volumeClaimTemplate: { spec: { resources: { requests: { storage: "1Gi" } } } } };
            assert.deepEqual(said(rule, "acme.example", "Store", claim), { violations: [], unjudged: [] });
        }
    });

    it("need no NetworkPolicy of the stack where their labels are not known", () => {
        assert.deepEqual(said(stackPodNetwork, "monitoring.coreos.com", "Prometheus", { containers: [{ name: "a", image }] }).violations, []); // prettier-ignore
    });
});
