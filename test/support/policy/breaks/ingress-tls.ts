import type { Break } from "../break";
import { goodIngress, ingressTypes } from "./ingress-host";

export const breaks: Break[] = ingressTypes.flatMap((type): Break[] => [
    {
        rule: "ingress-tls",
        title: `no certificates (${type})`,
        fixture: () => goodIngress(type),
        at: ["spec", "tls"],
        value: [],
        field: "spec.tls",
        absent: "wrong",
    },
    {
        rule: "ingress-tls",
        title: `a certificate for another host (${type})`,
        fixture: () => goodIngress(type),
        at: ["spec", "tls", 0, "hosts"],
        value: ["example.com", "*.app.example.com"],
        field: "spec.rules[0].host",
        absent: "fine",
        unjudged: "spec.tls[0].hosts",
    },
    {
        rule: "ingress-tls",
        title: `a host without certificate (${type})`,
        fixture: () => goodIngress(type),
        at: ["spec", "rules", 0, "host"],
        value: "other.example.com",
        field: "spec.rules[0].host",
        absent: "fine",
    },
]);
