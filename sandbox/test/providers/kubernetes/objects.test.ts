import assert from "node:assert/strict";
import * as objects from "../../../providers/kubernetes/objects";
import { unknown } from "../../../providers/lib/values";

describe("sandbox/providers/kubernetes/objects", () => {
    it("reads kinds from types and objects, and writes types", () => {
        const secret = objects.kindOfType("kubernetes:core/v1:Secret");
        assert.deepEqual(secret, { group: "", version: "v1", kind: "Secret" });
        assert.equal(objects.apiVersion(secret), "v1");
        const cluster = objects.kindOfObject({ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" });
        assert.equal(objects.typeOfKind(cluster), "kubernetes:postgresql.cnpg.io/v1:Cluster");
        assert.equal(
            objects.typeOfKind(objects.kindOfObject({ apiVersion: "core/v1", kind: "Pod" })),
            "kubernetes:core/v1:Pod",
        );
        assert.throws(() => objects.kindOfType("kubernetes:yaml:ConfigFile"), /no kind/);
    });

    it("makes ids of namespace and name", () => {
        const object = { metadata: { name: "n", namespace: "s" } };
        assert.equal(objects.idOf(object), "s/n");
        assert.equal(objects.idOf({ metadata: { name: "n" } }), "n");
        assert.deepEqual(objects.parseId("s/n"), { namespace: "s", name: "n" });
        assert.deepEqual(objects.parseId("n"), { namespace: "", name: "n" });
    });

    it("keeps a Secret's stringData as data, as the API server does, once all of it is known", () => {
        const secret = { apiVersion: "v1", kind: "Secret", data: { a: "QQ==", b: "Qg==" } };
        const normal = objects.normalize({ ...secret, stringData: { a: "x" } });
        assert.deepEqual(normal, { ...secret, data: { a: "eA==", b: "Qg==" } });
        const unclear = { ...secret, stringData: { a: "x", c: unknown } };
        assert.deepEqual(objects.normalize(unclear), unclear);
    });

    it("sees the same quantity in two units", () => {
        for (const [a, b] of [
            ["2000m", "2"],
            ["1024Mi", "1Gi"],
            ["0.5", "500m"],
            ["1", 1],
        ]) {
            assert.equal(objects.sameValue(a, b), true, `${a} and ${b}`);
        }
        for (const [a, b] of [
            ["1G", "1Gi"],
            ["a", "b"],
            [1, 2],
            ["", "0"],
        ]) {
            assert.equal(objects.sameValue(a, b), false, `${a} and ${b}`);
        }
    });

    it("writes label selectors", () => {
        const selector = {
            matchLabels: { app: "a" },
            matchExpressions: [{ key: "tier", operator: "In", values: ["x", "y"] }],
        };
        assert.equal(objects.labelSelector(selector), "app=a,tier in (x,y)");
    });
});
