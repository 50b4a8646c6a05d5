import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { surroundings } from "../../prometheus/objects";
import { monitoringObjects } from "../../sight/objects";
import { placed } from "../../sight/operator";
import { versions } from "../../versions";

describe("the Prometheus operator", () => {
    const container = { name: "operator", image: "elsewhere.example.com/operator:1", args: ["--of-the-release"] };
    const manifest = [
        { kind: "CustomResourceDefinition", metadata: { name: "probes" } },
        null,
        { kind: "ClusterRoleBinding", metadata: { name: "operator" }, subjects: [{ namespace: "default" }] },
        {
            kind: "Deployment",
            metadata: { name: "operator", namespace: "default" },
            spec: { template: { spec: { containers: [container] } } },
        },
    ];
    const { definitions, objects } = placed(manifest.map((document) => `---\n${dump(document)}`).join(""));

    it("is put into the namespace of Prometheus, and nothing else is put into one", () => {
        assert.deepEqual(
            definitions.map(({ metadata }) => metadata),
            [{ name: "probes" }],
        );
        const [binding, deployment] = objects as [unknown, unknown];
        assert.deepEqual(binding, { ...manifest[2], subjects: [{ namespace: "monitoring" }] });
        assert.deepEqual((deployment as { metadata: object }).metadata, { name: "operator", namespace: "monitoring" });
    });

    it("has both programs in the image that is made here", () => {
        const text = JSON.stringify(objects);
        assert.doesNotMatch(text, /elsewhere|of-the-release/);
        assert.equal(text.split(versions.prometheusOperator).length - 1, 2);
    });
});

describe("the Prometheus that it runs", () => {
    const of = (kind: string) =>
        [...surroundings, ...monitoringObjects].find((object) => (object as { kind: string }).kind === kind) as {
            spec: Record<string, unknown>;
        };

    it("reads monitors and rules of every namespace", () => {
        const { spec } = of("Prometheus");
        for (const kind of ["serviceMonitor", "podMonitor", "rule"]) {
            assert.deepEqual([spec[`${kind}Selector`], spec[`${kind}NamespaceSelector`]], [{}, {}]);
        }
    });

    it("is what its Service leads to", () => {
        const [{ targetPort }] = of("Service").spec.ports as [{ targetPort: string }];
        assert.equal(of("Prometheus").spec.portName, targetPort);
    });
});
