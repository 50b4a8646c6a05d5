import assert from "node:assert/strict";
import { findCluster, kubeconfigOf } from "../../../providers/kubernetes/kubeconfig";

const config = JSON.stringify({
    "current-context": "a",
    contexts: [
        { name: "a", context: { cluster: "c", user: "u", namespace: "team" } },
        { name: "b", context: { cluster: "d", user: "u" } },
    ],
    clusters: [
        { name: "c", cluster: { server: "https://c:6443", "certificate-authority-data": "Q0E=" } },
        { name: "d", cluster: { server: "https://d:6443", "insecure-skip-tls-verify": true } },
    ],
    users: [{ name: "u", user: { token: "t", "client-key-data": "S0VZ" } }],
});

describe("sandbox/providers/kubernetes/kubeconfig", () => {
    it("reads the current context from content", () => {
        const found = findCluster({ kubeconfig: config }, {});
        assert.equal(found?.server, "https://c:6443");
        assert.equal(found?.namespace, "team");
        assert.equal(String(found?.ca), "CA");
        assert.equal(String(found?.key), "KEY");
        assert.equal(found?.token, "t");
    });

    it("takes another context when told to", () => {
        const found = findCluster({ kubeconfig: config, context: "b" }, {});
        assert.deepEqual([found?.server, found?.insecure, found?.namespace], ["https://d:6443", true, undefined]);
    });

    it("gives a program a connection as a kubeconfig", () => {
        const found = findCluster({ kubeconfig: config }, {})!;
        assert.deepEqual(findCluster({ kubeconfig: kubeconfigOf(found) }, {}), { ...found, namespace: undefined });
    });

    it("says what is missing", () => {
        assert.throws(() => findCluster({ kubeconfig: config, context: "z" }, {}), /no cluster for context "z"/);
        assert.throws(() => findCluster({ kubeconfig: "/does/not/exist" }, {}), /does not exist/);
    });
});
