import assert from "node:assert/strict";
import { stackDanglingSelector } from "../../../../policy/rules/stack-dangling-selector";
import { cost } from "../../../support/cost";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { podKinds, podResource } from "../../../support/policy/pods";

const object = (type: string, spec: Props, namespace: unknown = "team", name = "it"): Given => ({
    type: `kubernetes:${type}`,
    name,
    props: { metadata: { name, namespace }, spec },
});

const service = (selector: unknown, more: Props = {}, namespace?: unknown) =>
    object("core/v1:Service", { selector, ...more }, namespace);
const policy = (podSelector: unknown) => object("networking.k8s.io/v1:NetworkPolicy", { podSelector });
const budget = (selector: unknown, version = "v1") => object(`policy/${version}:PodDisruptionBudget`, { selector });
const autoscaler = (kind: unknown, name: unknown) =>
    object("autoscaling/v2:HorizontalPodAutoscaler", { scaleTargetRef: { kind, name } });

const app = (kind?: string): Given => ({ ...podResource(kind), name: "app" });
const violations = (...given: Given[]) => judged(stackDanglingSelector, given).violations;
const nothing = "selects no pod of the stack in its namespace";
const typo = { matchLabels: { app: "ap" } };

describe("stack-dangling-selector", () => {
    it("finds a selector of each kind that selects nothing", () => {
        assert.deepEqual(violations(app(), service({ app: "ap" })), [`it: spec.selector: ${nothing}`]);
        assert.deepEqual(violations(app(), policy(typo)), [`it: spec.podSelector: ${nothing}`]);
        assert.deepEqual(violations(app(), budget(typo)), [`it: spec.selector: ${nothing}`]);
        assert.deepEqual(violations(app(), budget(undefined)), [`it: spec.selector: ${nothing}`]);
        assert.deepEqual(violations(app(), budget({}, "v1beta1")), [`it: spec.selector: ${nothing}`]);
        assert.deepEqual(violations(app(), autoscaler("Deployment", "ap")), [
            "it: spec.scaleTargetRef.name: there is no such Deployment of the stack in its namespace",
        ]);
        assert.equal(violations(app(), autoscaler("StatefulSet", "app")).length, 1);
    });

    it("passes what selects a pod of any kind", () => {
        for (const kind of Object.keys(podKinds).filter((one) => one !== "PodTemplate"))
            assert.deepEqual(
                violations(app(kind), service({ app: "app" }), policy({ matchLabels: { app: "app" } })),
                [],
                kind,
            );
        assert.deepEqual(violations(app(), autoscaler("Deployment", "app")), []);
    });

    it("passes what selects all, or does not mean to select", () => {
        assert.deepEqual(violations(app(), policy({}), policy(undefined), budget({})), []);
        assert.deepEqual(
            violations(app(), service(undefined), service({}), service({ app: "x" }, { type: "ExternalName" })),
            [],
        );
        assert.deepEqual(violations(app(), { ...service({ app: "x" }), type: "kubernetes:core/v1:ServicePatch" }), []);
    });

    it("finds a selector of the right labels in the wrong namespace, where the stack runs others", () => {
        const other = app();
        other.props = { ...other.props, metadata: { name: "other", namespace: "other" } };
        ((other.props.spec as Props).template as Props).metadata = { labels: { app: "other" } };
        assert.equal(violations(app(), other, service({ app: "app" }, {}, "other")).length, 1);
        assert.deepEqual(violations(app(), other, service({ app: "other" }, {}, "other")), []);
    });

    it("knows labels that controllers add", () => {
        const one = { app: "app", "statefulset.kubernetes.io/pod-name": "app-0" };
        assert.deepEqual(violations(app("StatefulSet"), service(one)), []);
        assert.equal(violations(app("StatefulSet"), service({ ...one, app: "ap" })).length, 1);
        assert.deepEqual(
            violations(app(), policy({ matchLabels: { "acme.cert-manager.io/http01-solver": "true" } })),
            [],
        );
    });

    it("leaves namespaces alone whose pods are of other stacks", () => {
        assert.deepEqual(
            violations(app(), service({ app: "x" }, {}, "elsewhere"), policy({ matchLabels: { app: "app" } })),
            [],
        );
        assert.deepEqual(violations(service({ app: "x" })), []);
        const patched = (type: string): Given => ({ ...object(`${type}Patch`, {}), name: "patched" });
        assert.deepEqual(violations(app(), patched("apps/v1:StatefulSet"), service({ app: "x" })), []);
        assert.equal(violations(app(), patched("core/v1:ServiceAccount"), service({ app: "x" })).length, 1);
    });

    it("leaves namespaces alone that a release of Helm, or of GitOps, may fill", () => {
        const release = (namespace: unknown): Given => ({
            type: "kubernetes:helm.sh/v3:Release",
            props: { namespace },
        });
        assert.deepEqual(violations(app(), release("team"), service({ app: "x" })), []);
        assert.deepEqual(violations(app(), release(unknown), service({ app: "x" })), []);
        assert.deepEqual(violations(app(), release("team"), autoscaler("Deployment", "x")), []);
        assert.equal(violations(app(), release("other"), service({ app: "x" })).length, 1);
        const application = object("argoproj.io/v1alpha1:Application", {}, "argocd");
        assert.deepEqual(violations(app(), application, service({ app: "x" })), []);
    });

    it("believes that an operator labels pods by its domain, or by the name or kind of the custom resource", () => {
        const cluster = object("postgresql.cnpg.io/v1:Cluster", { instances: 3 }, "team", "main-db");
        for (const labels of [
            { "cnpg.io/cluster": "main-db" },
            { "app.kubernetes.io/instance": "main-db" },
            { cluster: "main-db-1" },
            { role: "cluster" },
        ])
            assert.deepEqual(
                violations(app(), cluster, policy({ matchLabels: labels }), service(labels)),
                [],
                JSON.stringify(labels),
            );
        assert.deepEqual(violations(app(), cluster, autoscaler("StatefulSet", "main-db")), []);
        const either = { matchExpressions: [{ key: "app", operator: "In", values: ["ap", "main-db"] }] };
        assert.deepEqual(violations(app(), cluster, policy(either)), []);
        for (const labels of [{ app: "ap" }, { "example.io/cluster": "x" }, { cluster: "main" }])
            assert.equal(violations(app(), cluster, policy({ matchLabels: labels })).length, 1, JSON.stringify(labels));
    });

    it("does not believe it of custom resources that run no pods", () => {
        const monitor = object("monitoring.coreos.com/v1:ServiceMonitor", {}, "team", "ap");
        assert.equal(violations(app(), monitor, service({ app: "ap" })).length, 1);
        assert.deepEqual(violations(app(), monitor, policy({ matchLabels: { "operator.coreos.com/x": "y" } })), []);
        const namesake = object("networking.k8s.io/v1:Ingress", {}, "team", "ap");
        assert.equal(violations(app(), namesake, service({ app: "ap" })).length, 1);
    });

    it("leaves open what hangs on values that are not known", () => {
        const hidden = {
            ...app(),
            name: "hidden",
            props: { metadata: { name: "x", namespace: "team" }, spec: unknown },
        };
        const labelled = app();
        ((labelled.props.spec as Props).template as Props).metadata = { labels: { app: unknown } };
        const nowhere = app();
        nowhere.props.metadata = { name: "app", namespace: unknown };
        ((nowhere.props.spec as Props).template as Props).metadata = { labels: { app: "ap" } };
        const cases: [Given[], string][] = [
            [[app(), service(unknown)], "spec.selector"],
            [[app(), service({ app: "ap" }, {}, unknown)], "metadata.namespace"],
            [[app(), service({ app: "ap" }, { type: unknown })], "spec.type"],
            [[labelled, service({ app: "ap" })], "spec.template.metadata.labels.app"],
            [[app(), nowhere, service({ app: "ap" })], "metadata.namespace"],
            [[app(), hidden, service({ app: "ap" })], "spec"],
            [[app(), autoscaler("Deployment", unknown)], "spec.scaleTargetRef.name"],
            [[app(), autoscaler(unknown, "app")], "spec.scaleTargetRef.kind"],
            [[app(), nowhere, autoscaler("Deployment", "ap")], "metadata.namespace"],
        ];
        for (const [given, path] of cases) {
            const result = judged(stackDanglingSelector, given);
            assert.deepEqual(
                [result.violations, result.unjudged.includes(path)],
                [[], true],
                `${path}: ${result.unjudged.join()}`,
            );
        }
    });

    it("takes a thousand Deployments, each with a Service, in little time", () => {
        const many = Array.from({ length: 1000 }, (_, index) => {
            const labels = { app: `app-${index}`, "app.kubernetes.io/part-of": "all" };
            const given = app();
            ((given.props.spec as Props).template as Props).metadata = { labels };
            return [given, service(labels)];
        });
        assert.ok(cost(() => assert.deepEqual(violations(...many.flat()), [])) < 3000);
    });
});
