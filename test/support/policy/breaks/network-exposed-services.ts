import type { Break } from "../break";
import type { Given, Props } from "../judge";

export const goodService = (spec: Props = {}, annotations: Props = {}): Given => ({
    type: "kubernetes:core/v1:Service",
    props: {
        metadata: { name: "app", namespace: "team", annotations },
        spec: { selector: { app: "app" }, ports: [{ port: 443, targetPort: 8443 }], ...spec },
    },
});

export const balanced = (annotations: Props = {}, spec: Props = {}) =>
    goodService({ type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"], ...spec }, annotations);

const base = { rule: "network-exposed-services" };

export const breaks: Break[] = [
    {
        ...base,
        title: "a port of every node",
        fixture: () => goodService(),
        at: ["spec", "type"],
        value: "NodePort",
        field: "spec.type",
        absent: "fine",
    },
    {
        ...base,
        title: "external IPs",
        fixture: () => goodService(),
        at: ["spec", "externalIPs"],
        value: ["203.0.113.7"],
        field: "spec.externalIPs",
        absent: "fine",
    },
    ...[["0.0.0.0/0"], ["10.0.0.0/8", "::/0"], ["0.0.0.0/1", "128.0.0.0/1"]].map((ranges): Break => ({
        ...base,
        title: `a load balancer for ${ranges.join(", ")}`,
        fixture: () => balanced(),
        at: ["spec", "loadBalancerSourceRanges"],
        value: ranges,
        field: "spec.loadBalancerSourceRanges",
        absent: "wrong",
    })),
    {
        ...base,
        title: "a load balancer for everybody by its annotation",
        fixture: () =>
            goodService(
                { type: "LoadBalancer" },
                { "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8" },
            ),
        at: ["metadata", "annotations", "service.beta.kubernetes.io/load-balancer-source-ranges"],
        value: "10.0.0.0/8, 0.0.0.0/0",
        field: 'metadata.annotations["service.beta.kubernetes.io/load-balancer-source-ranges"]',
        absent: "wrong",
    },
];
