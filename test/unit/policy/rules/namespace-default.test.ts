import assert from "node:assert/strict";
import { namespaceDefault } from "../../../../policy/rules/namespace-default";
import { breaks } from "../../../support/policy/breaks/namespace-default";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(namespaceDefault, breaks);

const inDefault = (type: string, name = "app"): Given => ({
    type,
    props: { metadata: { name, namespace: "default" } },
});
const violations = (given: Given) => judged(namespaceDefault, given).violations;

describe("namespace-default", () => {
    it("looks at objects of every kind, and at releases of Helm", () => {
        for (const type of ["core/v1:ConfigMap", "rbac.authorization.k8s.io/v1:Role", "example.com/v1:Widget"])
            assert.equal(violations(inDefault(`kubernetes:${type}`)).length, 1, type);
        assert.deepEqual(violations({ type: "kubernetes:helm.sh/v3:Release", props: { namespace: "default" } }), [
            "namespace: is `default`; everything must be in a namespace of its own purpose",
        ]);
    });

    it("looks at each object of a list", () => {
        const items = [{ metadata: { namespace: "team" } }, { metadata: { namespace: "default" } }];
        const found = violations({ type: "kubernetes:core/v1:ConfigMapList", props: { items } });
        assert.equal(found.length, 1);
        assert.match(found[0]!, /^items\[1\]\.metadata\.namespace: /);
    });

    it("leaves alone what guards the namespace, what Kubernetes puts there and what is in no namespace", () => {
        for (const type of ["core/v1:ResourceQuota", "core/v1:LimitRange", "networking.k8s.io/v1:NetworkPolicy"])
            assert.deepEqual(violations(inDefault(`kubernetes:${type}`)), [], type);
        assert.deepEqual(violations(inDefault("kubernetes:core/v1:ServiceAccountPatch", "default")), []);
        assert.equal(violations(inDefault("kubernetes:core/v1:ServiceAccount", "app")).length, 1);
        assert.deepEqual(violations(inDefault("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole")), []);
        assert.deepEqual(
            violations({ type: "kubernetes:core/v1:Namespace", props: { metadata: { name: "team" } } }),
            [],
        );
    });

    it("leaves alone what is no Kubernetes object", () => {
        const props: Props = { metadata: { namespace: "default" } };
        assert.deepEqual(violations({ type: "aws:s3/bucket:Bucket", props }), []);
        const hidden = judged(namespaceDefault, { type: "kubernetes:core/v1:Secret", props: { metadata: unknown } });
        assert.deepEqual(hidden, { violations: [], unjudged: ["metadata"] });
    });
});
