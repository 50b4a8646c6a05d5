import assert from "node:assert/strict";
import { Field, UnknownValue } from "../../../../policy/lib/field";
import { secret, unknown } from "../../../support/policy/judge";

const field = new Field({
    spec: {
        containers: [{ name: "app", image: "a" }, { image: "b" }, { name: unknown, image: "c" }],
        replicas: unknown,
        nothing: null,
        password: secret({ inner: "x" }),
        "a.b/c": 1,
    },
});

describe("a field", () => {
    it("has its value and path, list elements by name where they have a known one", () => {
        const images = field.at("spec", "containers").items.map((item) => item.at("image"));
        assert.deepEqual(
            images.map(({ path, value }) => [path, value]),
            [
                ["spec.containers[app].image", "a"],
                ["spec.containers[1].image", "b"],
                ["spec.containers[2].image", "c"],
            ],
        );
        assert.equal(field.at("spec", "a.b/c").path, 'spec["a.b/c"]');
    });

    it("is absent where there is nothing, null, or the parent is no object", () => {
        for (const keys of [["none"], ["none", "deeper"], ["spec", "nothing"], ["spec", "a.b/c", "deeper"]])
            assert.equal(field.at(...keys).absent, true, keys.join("."));
        assert.deepEqual(field.at("spec", "nothing").items, []);
        assert.equal(field.at("toString").absent, true);
    });

    it("has a text and a number only where it is a scalar", () => {
        const parts = new Field({ text: "5", number: 5, flag: true, list: [5], odd: { toString: 1, valueOf: 1 } });
        const of = (key: string) => [parts.at(key).scalar, parts.at(key).number];
        assert.deepEqual(of("text"), ["5", 5]);
        assert.deepEqual(of("number"), ["5", 5]);
        assert.deepEqual(of("flag"), ["true", NaN]);
        for (const key of ["list", "odd", "none"]) assert.deepEqual(of(key), [undefined, NaN], key);
    });

    it("has parts from elsewhere under names of its own, with the path where they are", () => {
        const spec = field.at("spec");
        const other = spec.having({ secret: spec.at("password") });
        assert.equal(other.at("secret").path, "spec.password");
        assert.equal(other.at("replicas").absent, true);
        const inherited = spec.inheriting({ "a.b/c": spec.at("password"), none: spec.at("a.b/c") });
        assert.equal(inherited.at("a.b/c").value, 1);
        assert.equal(inherited.at("none").value, 1);
        assert.equal(inherited.at("constructor").absent, true);
    });

    it("throws with its path when a value is read that is not known", () => {
        const replicas = field.at("spec", "replicas");
        assert.equal(replicas.unknown, true);
        const thrown = (error: unknown) => error instanceof UnknownValue && error.field.path === "spec.replicas";
        for (const read of [
            () => replicas.value,
            () => replicas.text,
            () => replicas.items,
            () => replicas.entries,
            () => replicas.at("deeper"),
            () => field.at("spec", "replicas").whole,
        ])
            assert.throws(read, thrown);
        assert.throws(() => field.whole, UnknownValue);
    });

    it("knows that it is a secret or part of one, and gives its value", () => {
        const inner = field.at("spec", "password", "inner");
        assert.equal(inner.secret, true);
        assert.equal(inner.value, "x");
        assert.equal(field.at("spec").secret, false);
        assert.deepEqual(field.at("spec", "password").whole, { inner: "x" });
    });

    it("puts a value in place, making the objects on the way, inside secrets too", () => {
        const props = { spec: secret({ a: 1 }), list: [{ name: "x" }] };
        const root = new Field(props);
        root.at("metadata", "labels", "app").put("y");
        root.at("spec", "b", "c").put(2);
        root.at("list").items[0]!.at("on").put(true);
        assert.deepEqual(new Field(props).whole, {
            spec: { a: 1, b: { c: 2 } },
            list: [{ name: "x", on: true }],
            metadata: { labels: { app: "y" } },
        });
        assert.equal(new Field(props).at("spec", "b", "c").secret, true);
    });
});
