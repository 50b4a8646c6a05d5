import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { resolve } from "../../../../components/config/resolve";
import { after, afterInCluster, createScope, retained, type Scope } from "../../../../components/lib/scope";
import { createNamespace } from "../../../../components/namespace/namespace";
import { createStorage } from "../../../../components/storage/storage";

/** `make lint` fails when one of these compiles. */
export const wrongPlaces = [
    // @ts-expect-error: buckets are made in AWS, not in the cluster
    (scope: Scope) => createStorage(scope.cluster),
    // @ts-expect-error: a namespace is made in the cluster, not in AWS
    (scope: Scope) => createNamespace(scope.account),
];

describe("scope", () => {
    let first: pulumi.ComponentResource;
    let scope: Scope;
    before(async () => {
        await pulumi.runtime.setMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) });
        first = new pulumi.ComponentResource("test:index:First", "first");
        scope = createScope(first, "lab", resolve({ environment: "prod" }, "lab"));
    });
    const waits = ({ dependsOn }: pulumi.CustomResourceOptions) => ([] as unknown[]).concat(dependsOn ?? []).length;

    it("waits in both places, or in the cluster alone", () => {
        const both = after(scope, { ready: [first] });
        assert.deepEqual([waits(both.cluster.options()), waits(both.account.options())], [1, 1]);
        const one = afterInCluster(both, { ready: [first, first] });
        assert.deepEqual([waits(one.cluster.stateful()), waits(one.account.stateful())], [3, 1]);
    });

    it("protects what holds data in a stack that is protected, and keeps what must outlive it", () => {
        const { protect, retainOnDelete } = scope.account.stateful();
        assert.deepEqual([protect, retainOnDelete], [true, true]);
        assert.equal(scope.cluster.options().protect, undefined);
        assert.equal(retained(scope).cluster.options().retainOnDelete, true);
    });
});
