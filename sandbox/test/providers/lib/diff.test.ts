import assert from "node:assert/strict";
import { diff, isBelow, parsePath, printPath, withoutIgnored } from "../../../providers/lib/diff";
import { unknown } from "../../../providers/lib/values";

function printed(before: unknown, after: unknown): string[] {
    return diff(before, after).map(({ path, kind }) => `${kind} ${printPath(path)}`);
}

describe("sandbox/providers/lib/diff", () => {
    it("finds what was added, deleted and updated, at any depth", () => {
        const before = { spec: { replicas: 2, containers: [{ image: "a:1", tty: true }] }, type: "x" };
        const after = { spec: { replicas: 3, containers: [{ image: "a:2" }, { image: "b" }] }, type: "x", data: {} };
        assert.deepEqual(printed(before, after), [
            "update spec.replicas",
            "update spec.containers[0].image",
            "delete spec.containers[0].tty",
            "add spec.containers[1]",
            "add data",
        ]);
    });

    it("sees no change between absent and null", () => {
        assert.deepEqual(printed({ a: null }, {}), []);
    });

    it("counts a value that is not known yet as a change, and only then", () => {
        assert.deepEqual(printed({ a: 1 }, { a: unknown }), ["update a"]);
        assert.deepEqual(printed({ a: unknown }, { a: unknown }), []);
    });

    it("prints and parses paths alike, names with dots included", () => {
        const path = ["metadata", "annotations", "a.b/c", 0, "x"];
        assert.equal(printPath(path), 'metadata.annotations["a.b/c"][0].x');
        assert.deepEqual(parsePath(printPath(path)), path);
    });

    it("takes out ignored paths with all below them, wildcards included", () => {
        const changes = diff({ spec: { replicas: 1 }, list: [{ a: 1 }] }, { spec: { replicas: 2 }, list: [{ a: 2 }] });
        const left = withoutIgnored(changes, ["spec"]).map(({ path }) => printPath(path));
        assert.deepEqual(left, ["list[0].a"]);
        assert.deepEqual(withoutIgnored(changes, ["spec.replicas", "list[*].a"]), []);
        assert.equal(isBelow(["specification"], ["spec"]), false);
    });
});
