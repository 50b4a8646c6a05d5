import assert from "node:assert/strict";
import { stackDefaultDeny } from "../../../../policy/rules/stack-default-deny";
import { type Given, judged, type Props, unknown, urnOf } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";

const namespace = (name: unknown = "team"): Given => ({
    type: "kubernetes:core/v1:Namespace",
    name: "space",
    props: { metadata: { name } },
});

const policy = (spec: Props, metadata: Props = { namespace: "team" }): Given => ({
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "policy",
    props: { metadata, spec },
});

const both = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const app = (kind?: string): Given => ({ ...podResource(kind), name: "app" });
const violations = (...given: Given[]) => judged(stackDefaultDeny, given).violations;
const missing = (direction: string, name = "team", resource = "space") =>
    `${resource}: no NetworkPolicy denies ${direction.toLowerCase()} by default in the namespace ${name}; ` +
    `it needs one with an empty podSelector and ${direction} in policyTypes`;

describe("stack-default-deny", () => {
    it("finds a namespace with pods of any kind and without policies", () => {
        for (const kind of ["Deployment", "Pod", "CronJob", "custom resource"])
            assert.deepEqual(violations(namespace(), app(kind)), [missing("Ingress"), missing("Egress")], kind);
        assert.deepEqual(violations(app()), [missing("Ingress", "team", "app"), missing("Egress", "team", "app")]);
    });

    it("passes one policy for both directions, or two", () => {
        assert.deepEqual(violations(namespace(), app(), policy(both)), []);
        assert.deepEqual(violations(app(), policy({ policyTypes: ["Ingress", "Egress"] })), []);
        const two = [policy({ podSelector: {} }), policy({ podSelector: {}, policyTypes: ["Egress"] })];
        assert.deepEqual(violations(app(), ...two), []);
        const old = { ...policy(both), type: "kubernetes:extensions/v1beta1:NetworkPolicy" };
        assert.deepEqual(violations(app(), old), []);
    });

    it("passes a policy that denies all but what it names", () => {
        const dns = { ...both, egress: [{ ports: [{ port: 53, protocol: "UDP" }] }] };
        assert.deepEqual(violations(app(), policy(dns)), []);
    });

    it("finds a policy that denies nothing", () => {
        const cases: [Props, string[]][] = [
            [{ podSelector: {}, policyTypes: ["Ingress"] }, ["Egress"]],
            [{ podSelector: {} }, ["Egress"]],
            [{ ...both, ingress: [{}] }, ["Ingress"]],
            [{ ...both, egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }, ["Egress"]],
            [{ ...both, podSelector: { matchLabels: { app: "app" } } }, ["Ingress", "Egress"]],
        ];
        for (const [spec, expected] of cases) {
            const found = violations(namespace(), app(), policy(spec));
            assert.deepEqual(
                found,
                expected.map((direction) => missing(direction)),
                JSON.stringify(spec),
            );
        }
        assert.equal(violations(app(), policy(both, { namespace: "other" })).length, 2);
        const patch = { ...policy(both), type: "kubernetes:networking.k8s.io/v1:NetworkPolicyPatch" };
        assert.equal(violations(app(), patch).length, 2);
    });

    it("says it once for all pods of a namespace", () => {
        assert.equal(violations(namespace(), app(), app("StatefulSet"), app("Job")).length, 2);
    });

    it("does not look at namespaces without pods that a policy could isolate", () => {
        const host = app();
        ((host.props.spec as Props).template as Props).spec = { hostNetwork: true, containers: [{ name: "cni" }] };
        const patch = { ...app(), type: "kubernetes:apps/v1:DeploymentPatch" };
        assert.deepEqual(violations(namespace(), host, patch, app("PodTemplate")), []);
    });

    it("skips the namespaces whose policies are made elsewhere", () => {
        assert.deepEqual(judged(stackDefaultDeny, [app()], { elsewhere: ["team"] }).violations, []);
    });

    it("knows the namespace by what it comes from when a preview does not know its name", () => {
        const dependencies = { metadata: [urnOf(namespace())] };
        const inIt = (given: Given): Given => ({
            ...given,
            props: { ...given.props, metadata: { name: "app", namespace: unknown } },
            dependencies,
        });
        for (const name of [unknown, "team"]) {
            assert.deepEqual(judged(stackDefaultDeny, [namespace(name), inIt(app()), inIt(policy(both))]), {
                violations: [],
                unjudged: [],
            });
            assert.equal(violations(namespace(name), inIt(app())).length, 2);
        }
        assert.deepEqual(violations(namespace(unknown), inIt(app()))[0], missing("Ingress", "space"));
        // By its name and by what it comes from alike.
        assert.deepEqual(violations(namespace("team"), app(), inIt(policy(both))), []);
    });

    it("leaves open what hangs on values that are not known", () => {
        const nowhere = policy(both, { namespace: unknown });
        assert.deepEqual(judged(stackDefaultDeny, [app(), nowhere]), {
            violations: [],
            unjudged: ["metadata.namespace"],
        });
        const pod = app();
        pod.props.metadata = { name: "app", namespace: unknown };
        assert.deepEqual(judged(stackDefaultDeny, [pod, policy(both)]), {
            violations: [],
            unjudged: ["metadata.namespace"],
        });
        const open = judged(stackDefaultDeny, [app(), policy({ ...both, podSelector: unknown })]);
        assert.deepEqual([open.violations, open.unjudged[0]], [[], "spec.podSelector"]);
        const types = judged(stackDefaultDeny, [app(), policy({ podSelector: {}, policyTypes: unknown })]);
        assert.deepEqual([types.violations, types.unjudged[0]], [[], "spec.policyTypes"]);
        // What is known to be of no use does not matter.
        const other = policy(
            { podSelector: { matchLabels: { app: "x" } }, policyTypes: unknown },
            { namespace: unknown },
        );
        assert.equal(judged(stackDefaultDeny, [app(), other]).violations.length, 2);
    });
});
