import assert from "node:assert/strict";
import { inOrder } from "../../../providers/kubernetes/order";
import { nameOf } from "../../../providers/kubernetes/objects";

const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } };
const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things" },
    spec: { group: "x.io", names: { kind: "Thing" } },
};
const thing = { apiVersion: "x.io/v1", kind: "Thing", metadata: { name: "thing", namespace: "ns" } };

function configMap(name: string, after: string) {
    const annotations = { "config.kubernetes.io/depends-on": `/namespaces/ns/ConfigMap/${after}` };
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "ns", annotations } };
}

describe("sandbox/providers/kubernetes/order", () => {
    it("puts namespaces and definitions before what needs them", () => {
        const ordered = inOrder([thing, definition, namespace]);
        assert.deepEqual(
            ordered.map(({ object }) => nameOf(object)),
            ["things", "ns", "thing"],
        );
        assert.deepEqual(ordered[2]?.dependencies.map(nameOf), ["things", "ns"]);
    });

    it("heeds the annotation", () => {
        const ordered = inOrder([configMap("a", "b"), configMap("b", "none")]);
        assert.deepEqual(
            ordered.map(({ object }) => nameOf(object)),
            ["b", "a"],
        );
    });

    it("names the objects of a circle", () => {
        assert.throws(() => inOrder([configMap("a", "b"), configMap("b", "a")]), /depend on each other.*ConfigMap\/a/);
    });
});
