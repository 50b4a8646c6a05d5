import assert from "node:assert/strict";
import { stackNamespaceLimits } from "../../../../policy/rules/stack-namespace-limits";
import { type Given, judged, type Props, unknown, urnOf } from "../../../support/policy/judge";
import { podResource } from "../../../support/policy/pods";

const namespace = (name: unknown = "team"): Given => ({
    type: "kubernetes:core/v1:Namespace",
    name: "space",
    props: { metadata: { name } },
});

const object = (kind: string, spec: Props, inNamespace: unknown = "team", more: Partial<Given> = {}): Given => ({
    type: `kubernetes:core/v1:${kind}`,
    props: { metadata: { namespace: inNamespace }, spec },
    ...more,
});

const quota = (inNamespace?: unknown, more?: Partial<Given>) =>
    object("ResourceQuota", { hard: { pods: "10" } }, inNamespace, more);
const range = (inNamespace?: unknown, more?: Partial<Given>) =>
    object("LimitRange", { limits: [{ type: "Container" }] }, inNamespace, more);
const violations = (...given: Given[]) => judged(stackNamespaceLimits, given).violations;
const noQuota = "space: the namespace has no ResourceQuota with spec.hard";
const noRange = "space: the namespace has no LimitRange with spec.limits";

describe("stack-namespace-limits", () => {
    it("wants both in each namespace of the stack", () => {
        assert.deepEqual(violations(namespace(), quota(), range()), []);
        assert.deepEqual(violations(namespace(), range()), [noQuota]);
        assert.deepEqual(violations(namespace(), quota()), [noRange]);
        assert.deepEqual(violations(namespace(), quota("other"), range("other")), [noQuota, noRange]);
    });

    it("does not take one that limits nothing", () => {
        assert.deepEqual(violations(namespace(), object("ResourceQuota", { hard: {} }), range()), [noQuota]);
        assert.deepEqual(violations(namespace(), quota(), object("LimitRange", { limits: [] })), [noRange]);
        const patch = { ...quota(), type: "kubernetes:core/v1:ResourceQuotaPatch" };
        assert.deepEqual(violations(namespace(), patch, range()), [noQuota]);
    });

    it("leaves namespaces alone that are not the stack's", () => {
        assert.deepEqual(violations(podResource(), { ...namespace(), type: "kubernetes:core/v1:NamespacePatch" }), []);
    });

    it("leaves open what hangs on values that are not known", () => {
        const dependencies = { metadata: [urnOf(namespace())] };
        const known = [quota(unknown, { dependencies }), range(unknown, { dependencies })];
        assert.deepEqual(judged(stackNamespaceLimits, [namespace(unknown), ...known]), {
            violations: [],
            unjudged: [],
        });
        const open = judged(stackNamespaceLimits, [namespace(), quota(unknown), range()]);
        assert.deepEqual(open, { violations: [], unjudged: ["metadata.namespace"] });
        const hard = judged(stackNamespaceLimits, [namespace(), object("ResourceQuota", { hard: unknown }), range()]);
        assert.deepEqual(hard, { violations: [], unjudged: ["spec.hard"] });
    });
});
