import type { Break } from "../break";
import type { Given, Props } from "../judge";

export const goodPolicy = (type = "kubernetes:networking.k8s.io/v1:NetworkPolicy", spec: Props = {}): Given => ({
    type,
    props: {
        metadata: { name: "app", namespace: "team" },
        spec: {
            podSelector: { matchLabels: { app: "app" } },
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: [{ podSelector: { matchLabels: { app: "front" } } }] }],
            egress: [{ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }] }],
            ...spec,
        },
    },
});

const types = ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:extensions/v1beta1:NetworkPolicy"];

export const breaks: Break[] = types.flatMap((type): Break[] => [
    {
        rule: "network-allow-all",
        title: "an empty rule for ingress",
        fixture: () => goodPolicy(type),
        at: ["spec", "ingress"],
        value: [{}],
        field: "spec.ingress[0]",
        absent: "fine",
        unjudged: "spec.ingress",
    },
    {
        rule: "network-allow-all",
        title: "an empty rule for egress",
        fixture: () => goodPolicy(type),
        at: ["spec", "egress"],
        value: [{}],
        field: "spec.egress[0]",
        absent: "fine",
        unjudged: "spec.egress",
        alsoBreaks: ["network-metadata-egress"],
    },
    ...["0.0.0.0/0", "::/0"].map((cidr): Break => ({
        rule: "network-allow-all",
        title: `egress to ${cidr}`,
        fixture: () => goodPolicy(type),
        at: ["spec", "egress", 0, "to", 0, "ipBlock", "cidr"],
        value: cidr,
        field: "spec.egress[0].to[0].ipBlock.cidr",
        absent: "fine",
        alsoBreaks: ["network-metadata-egress"],
    })),
]);
