import type { Break } from "../break";
import { goodIngress } from "./ingress-host";

const keys = [
    "nginx.ingress.kubernetes.io/configuration-snippet",
    "nginx.ingress.kubernetes.io/server-snippet",
    "nginx.ingress.kubernetes.io/auth-snippet",
    "nginx.ingress.kubernetes.io/stream-snippet",
    "nginx.ingress.kubernetes.io/modsecurity-snippet",
    "nginx.org/location-snippets",
    "custom.example.com/server-snippet",
];

export const breaks: Break[] = keys.map((key) => ({
    rule: "ingress-snippets",
    title: key,
    fixture: () => goodIngress(),
    at: ["metadata", "annotations", key],
    value: "proxy_set_header X-Test 1;",
    field: `metadata.annotations["${key}"]`,
    absent: "fine",
}));
