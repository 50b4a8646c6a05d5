import assert from "node:assert/strict";
import { stackPodNetwork } from "../../../../policy/rules/stack-pod-network";
import { type Given, judged, type Props, unknown } from "../../../support/policy/judge";
import { podKinds, podResource } from "../../../support/policy/pods";

const policy = (podSelector: unknown, more: Props = {}, namespace: unknown = "team"): Given => ({
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "policy",
    props: { metadata: { namespace }, spec: { podSelector, policyTypes: ["Ingress", "Egress"], ...more } },
});

const app = (kind?: string): Given => ({ ...podResource(kind), name: "app" });

function labelled(labels: unknown): Given {
    const given = app();
    ((given.props.spec as Props).template as Props).metadata = { labels };
    return given;
}

const violations = (...given: Given[]) => judged(stackPodNetwork, given).violations;
const missing = (direction: string) =>
    `app: no NetworkPolicy selects its pods for ${direction}, so that all of it is allowed`;

describe("stack-pod-network", () => {
    it("finds pods of every kind that no policy selects", () => {
        for (const kind of Object.keys(podKinds).filter((one) => one !== "PodTemplate" && one !== "Pod"))
            assert.deepEqual(
                violations(app(kind), policy({ matchLabels: { app: "other" } })),
                [missing("ingress"), missing("egress")],
                kind,
            );
        assert.deepEqual(violations(app("Pod"), policy({ matchLabels: { app: "other" } })), [
            missing("ingress"),
            missing("egress"),
        ]);
    });

    it("passes pods that a policy selects, or two, one for each direction", () => {
        for (const selector of [
            {},
            { matchLabels: { app: "app" } },
            { matchExpressions: [{ key: "app", operator: "Exists" }] },
        ])
            assert.deepEqual(violations(app(), policy(selector)), []);
        const two = [
            policy({}, { policyTypes: ["Ingress"] }),
            policy({ matchLabels: { app: "app" } }, { policyTypes: ["Egress"] }),
        ];
        assert.deepEqual(violations(app(), ...two), []);
    });

    it("says for which direction none does", () => {
        assert.deepEqual(violations(app(), policy({}, { policyTypes: ["Ingress"] })), [missing("egress")]);
        assert.deepEqual(violations(app(), policy({}, { policyTypes: ["Egress"] })), [missing("ingress")]);
        assert.deepEqual(
            violations(app(), policy({}, { policyTypes: undefined, egress: [{ ports: [{ port: 53 }] }] })),
            [],
        );
        assert.deepEqual(violations(app(), policy({}, {}, "other")).length, 2);
    });

    it("does not look at pods of elsewhere, or in the network of the node", () => {
        const host = app("DaemonSet");
        ((host.props.spec as Props).template as Props).spec = { hostNetwork: true, containers: [{ name: "cni" }] };
        assert.deepEqual(
            violations(host, app("PodTemplate"), { ...app(), type: "kubernetes:apps/v1:DeploymentPatch" }),
            [],
        );
        assert.deepEqual(judged(stackPodNetwork, [app()], { elsewhere: ["team"] }).violations, []);
    });

    it("leaves open what hangs on values that are not known", () => {
        const cases: [Given[], string][] = [
            [[labelled(unknown), policy({ matchLabels: { app: "app" } })], "spec.template.metadata.labels"],
            [
                [labelled({ app: unknown }), policy({ matchLabels: { app: "app" } })],
                "spec.template.metadata.labels.app",
            ],
            [[app(), policy({ matchLabels: { app: unknown } })], "spec.podSelector.matchLabels.app"],
            [[app(), policy({}, { policyTypes: unknown })], "spec.policyTypes"],
            [[app(), policy({}, {}, unknown)], "metadata.namespace"],
        ];
        for (const [given, path] of cases) {
            const result = judged(stackPodNetwork, given);
            assert.deepEqual([result.violations, result.unjudged[0]], [[], path]);
        }
        // One that surely selects is enough, and one that surely does not is of no use.
        assert.deepEqual(
            judged(stackPodNetwork, [labelled({ app: unknown }), policy({ matchLabels: { app: "app" } }), policy({})])
                .unjudged,
            [],
        );
        assert.equal(violations(app(), policy({ matchLabels: { app: "x", tier: unknown } })).length, 2);
        assert.equal(violations(app(), policy({ matchLabels: { app: "x" } }, {}, unknown)).length, 2);
    });
});
