// The network policies of Cilium, Calico and the network-policy-api, as far as stack-default-deny and stack-pod-network read them.
import assert from "node:assert/strict";
import { stackDefaultDeny } from "../../../../../policy/rules/stack-default-deny";
import { stackPodNetwork } from "../../../../../policy/rules/stack-pod-network";
import { type Given, judged, type Props, unknown } from "../../../../support/policy/judge";
import { podResource } from "../../../../support/policy/pods";

const app: Given = { ...podResource("Deployment"), name: "app" };
const namespace: Given = {
    type: "kubernetes:core/v1:Namespace",
    name: "space",
    props: { metadata: { name: "team", labels: { tier: "web" } } },
};

const policy = (type: string, spec: unknown, metadata: Props = { name: "it", namespace: "team" }): Given => ({
    type: `kubernetes:${type}`,
    name: "policy",
    props: { metadata, spec },
});
const cilium = (spec: unknown) => policy("cilium.io/v2:CiliumNetworkPolicy", spec);
const wide = (spec: unknown) => policy("cilium.io/v2:CiliumClusterwideNetworkPolicy", spec, { name: "it" });
const admin = (spec: Props, kind = "BaselineAdminNetworkPolicy") =>
    policy(`policy.networking.k8s.io/v1alpha1:${kind}`, { subject: { namespaces: {} }, ...spec }, { name: "default" });
const calico = (spec: unknown) => policy("projectcalico.org/v3:NetworkPolicy", spec);
const global = (spec: unknown) => policy("projectcalico.org/v3:GlobalNetworkPolicy", spec, { name: "it" });

/** How many of the four are said, for each direction by each rule; and what is said to be not judged. */
function said(...policies: Given[]) {
    const found = [stackDefaultDeny, stackPodNetwork].map((rule) => judged(rule, [namespace, app, ...policies]));
    return {
        denied: 2 - found[0]!.violations.length,
        selected: 2 - found[1]!.violations.length,
        unjudged: [...new Set(found.flatMap(({ unjudged }) => unjudged))],
    };
}
const isolated = { denied: 2, selected: 2, unjudged: [] };
const open = { denied: 0, selected: 0, unjudged: [] };

const both = { ingress: [{}], egress: [{}] };

describe("network policies of other kinds", () => {
    it("isolate nothing where there are none", () => assert.deepEqual(said(), open));

    it("of Cilium isolate the endpoints that they select, in the directions that they have rules for", () => {
        assert.deepEqual(said(cilium({ endpointSelector: {}, ...both })), isolated);
        assert.deepEqual(said(wide({ endpointSelector: {}, ...both })), isolated);
        assert.deepEqual(said(cilium({ endpointSelector: { matchLabels: { "k8s:app": "app" } }, ...both })), {
            ...open,
            selected: 2,
        });
        assert.deepEqual(said(cilium({ endpointSelector: { matchLabels: { app: "other" } }, ...both })), open);
        assert.deepEqual(said(cilium({ endpointSelector: {}, ingress: [{}] })), { denied: 1, selected: 1, unjudged: [] });
        assert.deepEqual(said(cilium({ endpointSelector: {}, ingressDeny: [{}], egressDeny: [{}] })), isolated);
        const said2 = { enableDefaultDeny: { ingress: false, egress: true } };
        assert.deepEqual(said(cilium({ endpointSelector: {}, ...both, ...said2 })), { denied: 1, selected: 1, unjudged: [] });
        assert.deepEqual(said(cilium({ nodeSelector: {}, ...both })), open);
        const specs = policy("cilium.io/v2:CiliumNetworkPolicy", undefined);
        specs.props.specs = [{ endpointSelector: {}, ingress: [{}] }, { endpointSelector: {}, egress: [{}] }];
        assert.deepEqual(said(specs), isolated);
    }); // prettier-ignore

    it("of Cilium deny nothing by default where a rule lets everything through", () => {
        const everyPort = [{ ports: [{ port: "0", protocol: "ANY" }] }];
        for (const rule of [
            { fromEntities: ["all"] },
            { fromEntities: ["world", "cluster"] },
            { fromCIDR: ["0.0.0.0/0"] },
            { fromCIDRSet: [{ cidr: "0.0.0.0/0" }] },
            { fromEntities: ["all"], toPorts: everyPort },
        ])
            assert.deepEqual(said(cilium({ endpointSelector: {}, ingress: [rule], egress: [{}] })).denied, 1);
        for (const rule of [
            { fromEntities: ["cluster"] },
            { fromCIDRSet: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }] },
        ])
            assert.deepEqual(said(cilium({ endpointSelector: {}, ingress: [rule], egress: [{}] })), isolated);
        const some = [{ fromEntities: ["all"], toPorts: [{ ports: [{ port: "443" }] }] }];
        assert.deepEqual(said(cilium({ endpointSelector: {}, ingress: some, egress: [{}] })), isolated);
    });

    it("of Cilium for the cluster hold in the namespaces that they name", () => {
        const of = (name: string) => ({ endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": name } }, ...both });
        assert.deepEqual(said(wide(of("team"))), isolated);
        assert.deepEqual(said(wide(of("other"))), open);
        const byLabel = (tier: string, more: Props = {}) => said(wide({ endpointSelector: { matchLabels: { "k8s:io.cilium.k8s.namespace.labels.tier": tier, ...more } }, ...both }));
        assert.deepEqual(byLabel("web"), isolated);
        assert.deepEqual(byLabel("data"), open);
        assert.deepEqual(byLabel("web", { "io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name": "team" }), isolated);
        const expressed = (operator: string, values?: string[]) => said(wide({ endpointSelector: { matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator, values }] }, ...both }));
        assert.deepEqual(expressed("NotIn", ["kube-system"]), isolated);
        assert.deepEqual(expressed("NotIn", ["kube-system", "team"]), open);
        assert.deepEqual(expressed("In", ["team", "other"]), isolated);
        assert.deepEqual(expressed("Exists"), isolated);
        assert.deepEqual(expressed("DoesNotExist"), open);
    }); // prettier-ignore

    it("of administrators isolate where they deny all", () => {
        const ingress = [{ action: "Deny", from: [{ namespaces: {} }] }];
        const egress = [{ action: "Deny", to: [{ networks: ["0.0.0.0/0"] }] }];
        for (const kind of ["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"])
            assert.deepEqual(said(admin({ ingress, egress }, kind)), isolated, kind);
        assert.deepEqual(said(admin({ ingress })), { denied: 1, selected: 1, unjudged: [] });
        const subject = (namespaces: Props) => admin({ subject: { namespaces }, ingress, egress });
        assert.deepEqual(said(subject({ matchLabels: { tier: "web" } })), isolated);
        assert.deepEqual(said(subject({ matchLabels: { "kubernetes.io/metadata.name": "team" } })), isolated);
        assert.deepEqual(said(subject({ matchLabels: { tier: "data" } })), open);
        const pods = { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: "app" } } } } };
        assert.deepEqual(said(admin({ ...pods, ingress, egress })), { ...open, selected: 2 });
        assert.deepEqual(said(admin({ ingress: [{ action: "Allow", from: [{ namespaces: {} }] }] })), open);
    });

    it("of administrators isolate by the first rule that is for all", () => {
        const all = { from: [{ namespaces: {} }] };
        const of = (...ingress: Props[]) => said(admin({ ingress })).denied;
        for (const action of ["Allow", "Pass", "Accept"])
            assert.equal(of({ action, ...all }, { action: "Deny", ...all }), 0, action);
        const some = { action: "Allow", from: [{ namespaces: { matchLabels: { a: "b" } } }] };
        assert.equal(of(some, { action: "Deny", ...all }), 1);
        assert.equal(of({ action: "Allow", ...all, ports: [{ portNumber: { port: 53 } }] }, { action: "Deny", ...all }), 1);
    }); // prettier-ignore

    it("of Calico isolate what they select, in their directions", () => {
        const types = ["Ingress", "Egress"];
        assert.deepEqual(said(calico({ types })), isolated);
        assert.deepEqual(said(calico({ selector: "all()", types })), isolated);
        assert.deepEqual(said(global({ types })), isolated);
        assert.deepEqual(said(calico({ selector: "app == 'app'", types })), { ...open, selected: 2 });
        assert.deepEqual(said(calico({ selector: "app == 'app' && has(tier)", types })), open);
        assert.deepEqual(said(calico({ selector: "all()" })), { denied: 1, selected: 1, unjudged: [] });
        assert.deepEqual(said(global({ namespaceSelector: "tier == 'web'", types })), isolated);
        assert.deepEqual(said(global({ namespaceSelector: "tier == 'data'", types })), open);
        for (const rule of [{ action: "Allow" }, { action: "Allow", source: { nets: ["0.0.0.0/0"] } }])
            assert.deepEqual(said(calico({ types, ingress: [rule] })).denied, 1);
        const web = { action: "Allow", source: { nets: ["0.0.0.0/0"] }, protocol: "TCP", destination: { ports: [443] } };
        assert.deepEqual(said(calico({ types, ingress: [web] })), isolated);
        for (const [selector, selects] of [
            ["app in {'app', 'b'}", true],
            ["app in {'b'}", false],
            ["app not in {'b'} && app != 'c'", true],
            ["has(app) && !has(tier)", true],
            ["!has(app)", false],
        ] as const)
            assert.deepEqual(said(calico({ selector, types })), selects ? { ...open, selected: 2 } : open, selector);
        for (const [namespaceSelector, covers] of [
            ['has(projectcalico.org/name) && projectcalico.org/name not in {"kube-system", "calico-system"}', true],
            ['projectcalico.org/name not in {"kube-system", "team"}', false],
            ["projectcalico.org/name == 'team'", true],
            ["kubernetes.io/metadata.name != 'team'", false],
        ] as const)
            assert.deepEqual(said(global({ namespaceSelector, types })), covers ? isolated : open, namespaceSelector);
        assert.deepEqual(said(global({ selector: "projectcalico.org/orchestrator == 'k8s'", types })), isolated);
        assert.deepEqual(said(global({ selector: "projectcalico.org/namespace == 'team'", types })), isolated);
        assert.deepEqual(said(global({ selector: "projectcalico.org/namespace != 'team'", types })), open);
        const other = policy("projectcalico.org/v3:NetworkPolicy", { types }, { name: "it", namespace: "other" });
        assert.deepEqual(said(other), open);
    }); // prettier-ignore

    it("are said to be not judged where a rule cannot tell what they do", () => {
        for (const [given, place] of [
            [calico({ selector: "app starts with 'a'", types: ["Ingress", "Egress"] }), "spec.selector"],
            [calico({ serviceAccountSelector: "all()", types: ["Ingress", "Egress"] }), "spec.serviceAccountSelector"],
            [admin({ ingress: [{ action: "Deny", from: [{ namespaces: { matchLabels: { a: "b" } } }] }] }), "spec.ingress[0]"],
            [cilium({ endpointSelector: unknown, ...both }), "spec.endpointSelector"],
        ] as const) {
            const { unjudged } = said(given);
            assert.ok(unjudged.includes(place), `${place}: ${unjudged.join()}`);
        }
    }); // prettier-ignore
});
