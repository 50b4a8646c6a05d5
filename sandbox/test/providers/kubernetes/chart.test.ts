import assert from "node:assert/strict";
import { childName } from "../../../providers/kubernetes/chart";
import { markRendered } from "../../../providers/kubernetes/chart-secrets";
import { helmArguments } from "../../../providers/kubernetes/helm";
import { secret } from "../../../providers/lib/values";

describe("sandbox/providers/kubernetes/chart", () => {
    it("names children as the official provider does", () => {
        assert.equal(childName("db", { metadata: { name: "n", namespace: "s" } }), "db:s/n");
        assert.equal(childName("db", { metadata: { name: "n" } }), "db:n");
        assert.equal(childName("", { metadata: { name: "n", namespace: "s" } }), "s/n");
    });

    it("asks helm for the objects, without hooks and with the values from standard input", () => {
        const base = { chart: "./c", release: "r", namespace: "s", values: { a: "x" } };
        const options = { ...base, version: "1.0", skipCrds: true, kubeVersion: "v1.34.2", apiVersions: ["v1"] };
        const args = helmArguments(options, "/k");
        assert.deepEqual(args.slice(0, 5), ["template", "r", "./c", "--namespace", "s"]);
        for (const wanted of [
            "--no-hooks",
            "--skip-crds",
            "--version",
            "v1.34.2",
            "--api-versions",
            "--dry-run=server",
            "/k",
        ]) {
            assert.ok(args.includes(wanted), wanted);
        }
        assert.ok(helmArguments({ ...base, apiVersions: [] }, "/k").includes("--include-crds"));
        assert.ok(!args.includes("x"));
    });

    const object = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "n" },
        data: { url: "postgres://u:hunter2@db", encoded: Buffer.from("a hunter2 b").toString("base64"), size: "10" },
    };

    it("marks the texts that hold a secret value, encoded or not, and no others", () => {
        const [marked] = markRendered([object], { password: secret("hunter2"), size: 10 });
        const { url, encoded } = object.data;
        assert.deepEqual(marked?.data, { url: secret(url), encoded: secret(encoded), size: "10" });
    });

    it("marks everything but the identity when a secret value cannot be found again", () => {
        const [marked] = markRendered([object], { password: secret("hashed-away") });
        assert.deepEqual(marked, { ...object, data: secret(object.data) });
    });

    it("marks nothing when no value is secret", () => {
        assert.deepEqual(markRendered([object], { password: "hunter2" }), [object]);
    });
});
