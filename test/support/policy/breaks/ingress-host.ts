import type { Break } from "../break";
import type { Given } from "../judge";

const types = ["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"];

export const ingressTypes = types.map((version) => `kubernetes:${version}:Ingress`);

export const goodIngress = (type = ingressTypes[0]!): Given => ({
    type,
    props: {
        metadata: { name: "app", namespace: "team", annotations: {} },
        spec: {
            ingressClassName: "nginx",
            tls: [{ hosts: ["app.example.com"], secretName: "app-tls" }],
            rules: [{ host: "app.example.com", http: { paths: [{ path: "/", pathType: "Prefix" }] } }],
        },
    },
});

const host = (type: string, value: string): Break => ({
    rule: "ingress-host",
    title: `the host ${value || "of no name"} (${type})`,
    fixture: () => goodIngress(type),
    at: ["spec", "rules", 0, "host"],
    value,
    field: "spec.rules[0].host",
    absent: "wrong",
    alsoBreaks: ["ingress-tls"],
});

export const breaks: Break[] = ingressTypes.flatMap((type) => [
    host(type, "*.example.com"),
    host(type, "*"),
    host(type, ""),
]);
