import assert from "node:assert/strict";
import { namespacePodSecurityLabels } from "../../../../policy/rules/namespace-pod-security-labels";
import { breaks } from "../../../support/policy/breaks/namespace-pod-security-labels";
import { type Given, judged, type Props, resourceOf, unknown } from "../../../support/policy/judge";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(namespacePodSecurityLabels, breaks);

const namespace = (labels: unknown): Given => ({
    type: "kubernetes:core/v1:Namespace",
    props: { metadata: { name: "team", labels } },
});
const label = (mode: string) => `pod-security.kubernetes.io/${mode}`;

function remedied(given: Given): { changed: boolean; props: Props } {
    const changed = namespacePodSecurityLabels.remediate!(resourceOf(given));
    return { changed, props: given.props };
}

describe("namespace-pod-security-labels", () => {
    it("finds a namespace without any label", () => {
        const found = judged(namespacePodSecurityLabels, {
            type: "kubernetes:core/v1:Namespace",
            props: {},
        }).violations;
        assert.deepEqual(found, [`metadata.labels["${label("enforce")}"]: is absent; it must be restricted`]);
    });

    it("allows the weaker level where the configuration does", () => {
        const labels = { [label("enforce")]: "baseline", [label("warn")]: "restricted" };
        assert.deepEqual(judged(namespacePodSecurityLabels, namespace(labels), { level: "baseline" }).violations, []);
        assert.equal(judged(namespacePodSecurityLabels, namespace(labels)).violations.length, 1);
    });

    it("finds an enforced version that lacks checks", () => {
        const of = (version: string, level = "restricted") =>
            judged(
                namespacePodSecurityLabels,
                namespace({ [label("enforce")]: level, [label("enforce-version")]: version }),
                { level },
            ).violations;
        for (const version of ["latest", "v1.23", "v1.34"]) assert.deepEqual(of(version), [], version);
        for (const version of ["v1.0", "v1.22", "1.30", "newest"]) {
            const [found] = of(version);
            assert.match(found!, /^metadata\.labels\["pod-security\.kubernetes\.io\/enforce-version"\]: /, version);
        }
        assert.deepEqual(of("v1.19", "baseline"), []);
        assert.equal(of("v1.18", "baseline").length, 1);
    });

    it("adds the labels that are missing, and those only", () => {
        const bare = remedied({ type: "kubernetes:core/v1:Namespace", props: {} });
        const all = { [label("enforce")]: "restricted", [label("audit")]: "restricted", [label("warn")]: "restricted" };
        assert.deepEqual(bare, { changed: true, props: { metadata: { labels: all } } });
        assert.deepEqual(
            judged(namespacePodSecurityLabels, { type: "kubernetes:core/v1:Namespace", props: bare.props }).violations,
            [],
        );

        const weak = { app: "x", [label("enforce")]: "baseline", [label("audit")]: "privileged" };
        const partly = remedied(namespace({ ...weak }));
        assert.deepEqual(partly.props.metadata, { name: "team", labels: { ...weak, [label("warn")]: "baseline" } });

        assert.equal(remedied(namespace({ ...all })).changed, false);
        assert.equal(remedied(namespace({ ...all, [label("enforce")]: unknown })).changed, false);
        assert.equal(remedied({ type: "kubernetes:core/v1:NamespacePatch", props: {} }).changed, false);
        assert.equal(remedied({ type: "kubernetes:core/v1:ConfigMap", props: {} }).changed, false);
    });
});
