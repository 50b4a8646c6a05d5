// Ingresses, and the hosts that they and Gateways are for.
import type { Family } from "./objects";

export const ingresses: Family[] = [{ kind: "Ingress", groups: ["networking.k8s.io", "extensions"] }];

/**
 * Whether what is set up for a host, or for a wildcard such as `*.example.com`, holds for another; both may be wildcards. In an Ingress a
 * wildcard is for one label, in a Gateway for any number.
 */
export function covers(pattern: string, host: string, labels: "one" | "any"): boolean {
    const [wide, narrow] = [pattern.toLowerCase(), host.toLowerCase()];
    if (wide === narrow || wide === "*") return true;
    if (!wide.startsWith("*.")) return false;
    if (labels === "any") return narrow.endsWith(wide.slice(1));
    return narrow.includes(".") && narrow.slice(narrow.indexOf(".")) === wide.slice(1);
}
