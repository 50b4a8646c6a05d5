import assert from "node:assert/strict";
import { fieldManager, isForced, isOthers, withAdopted } from "../../../providers/kubernetes/managers";

const annotated = (name: string, value: string) => ({ metadata: { annotations: { [`pulumi.com/${name}`]: value } } });
const entry = (manager: string, operation: string, fields: string[], more = {}) => ({
    manager,
    operation,
    fieldsV1: { "f:spec": Object.fromEntries(fields.map((field) => [`f:${field}`, {}])) },
    ...more,
});
const live = (...managedFields: object[]) => ({ metadata: { managedFields } });

describe("sandbox/providers/kubernetes/managers", () => {
    it("draws a name for each creation, unless the program or the state has one", () => {
        const drawn = fieldManager({});
        assert.match(drawn, /^pulumi-kubernetes-[0-9a-f]{8}$/);
        assert.notEqual(fieldManager({}), drawn);
        assert.equal(fieldManager({}, { __fieldManager: "kept" }), "kept");
        const named = annotated("patchFieldManager", "named");
        assert.equal(fieldManager(named, { __fieldManager: "kept" }), "named");
        assert.equal(fieldManager(annotated("patchFieldManager", ""), { __fieldManager: "kept" }), "kept");
    });

    it("forces where the program says so, in previews of creations, and where nobody is known to own anything", () => {
        const owned = live(entry("somebody", "Apply", ["a"]));
        assert.equal(isForced(annotated("patchForce", "true"), owned, false), true);
        assert.deepEqual([isForced({}, undefined, true), isForced({}, undefined, false)], [true, false]);
        assert.deepEqual([isForced({}, owned, true), isForced({}, owned, false)], [false, false]);
        assert.equal(isForced({}, live(), false), true);
        const created = live(entry("pulumi-kubernetes", "Update", ["a"]));
        assert.deepEqual([isForced({}, created, true), isForced({}, created, false)], [true, false]);
    });

    it("adopts what kubectl and a creation own, but for subresources, and nothing of an earlier name by chance", () => {
        const others = [
            entry("pulumi-kubernetes-0a1b2c3d", "Apply", ["a"]),
            entry("kubectl", "Update", ["replicas"], { subresource: "scale" }),
        ];
        const managers = withAdopted(
            live(
                entry("ours", "Apply", ["a"]),
                entry("pulumi-kubernetes", "Update", ["b"]),
                entry("kubectl-edit", "Update", ["c"]),
                ...others,
            ),
            "ours",
        );
        assert.deepEqual(managers, [...others, entry("ours", "Apply", ["a", "b", "c"])]);
        assert.equal(withAdopted(live(entry("ours", "Apply", ["a"]), ...others), "ours"), undefined);
        assert.deepEqual(withAdopted(live(entry("kubectl", "Apply", ["a"])), "ours"), [entry("ours", "Apply", ["a"])]);
    });

    it("knows what others alone own", () => {
        const shared = live(entry("ours", "Apply", ["a"]), entry("scaler", "Update", ["a", "b"]));
        assert.equal(isOthers(shared, ["spec", "a"], "ours"), false);
        assert.equal(isOthers(shared, ["spec", "b"], "ours"), true);
        assert.equal(isOthers(shared, ["spec", "c"], "ours"), false);
    });
});
