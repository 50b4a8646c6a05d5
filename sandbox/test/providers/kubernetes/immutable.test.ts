import assert from "node:assert/strict";
import { replaces } from "../../../providers/kubernetes/immutable";
import { parsePath } from "../../../providers/lib/diff";

const strict = { configMaps: false, secrets: false };
const mutable = { configMaps: true, secrets: true };

function forces(kind: string, path: string, mutability = strict, more = {}): boolean {
    const [apiVersion, name] = kind.split(" ");
    return replaces(parsePath(path), { apiVersion, kind: name, ...more }, mutability);
}

describe("sandbox/providers/kubernetes/immutable", () => {
    it("replaces on name and namespace of any kind", () => {
        assert.equal(forces("v1 Service", "metadata.name"), true);
        assert.equal(forces("x.io/v1 Any", "metadata.namespace"), true);
        assert.equal(forces("x.io/v1 Any", "metadata.labels.a"), false);
    });

    it("replaces on what the API server does not let change", () => {
        assert.equal(forces("apps/v1 Deployment", "spec.selector.matchLabels.app"), true);
        assert.equal(forces("apps/v1 Deployment", "spec.template.spec.containers[0].image"), false);
        assert.equal(forces("apps/v1 StatefulSet", "spec.volumeClaimTemplates[0].spec"), true);
        assert.equal(forces("apps/v1 StatefulSet", "spec.replicas"), false);
        assert.equal(forces("batch/v1 Job", "spec.template.spec.containers[0].image"), true);
        assert.equal(forces("v1 PersistentVolumeClaim", "spec.resources.requests.storage"), false);
    });

    it("replaces ConfigMaps and Secrets on new content, unless told that they may change", () => {
        assert.equal(forces("v1 ConfigMap", "data.a"), true);
        assert.equal(forces("v1 Secret", "data.a"), true);
        assert.equal(forces("v1 ConfigMap", "data.a", mutable), false);
        assert.equal(forces("v1 Secret", "data.a", mutable), false);
        assert.equal(forces("v1 Secret", "type", mutable), true);
        assert.equal(forces("v1 ConfigMap", "data.a", mutable, { immutable: true }), true);
    });
});
