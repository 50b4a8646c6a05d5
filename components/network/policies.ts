import type { networking as inputs } from "@pulumi/kubernetes/types/input";
import type { Flow, Peer, PodKind, Port } from "../lib/flow";

interface Policy {
    /** The end of its name. */
    name: string;
    spec: inputs.v1.NetworkPolicySpec;
}

type End = Flow["from"];
const isKind = (end: End): end is PodKind => !Array.isArray(end);
const peers = (end: End): Peer[] => (isKind(end) ? [{ podSelector: { matchLabels: end.labels } }] : end);
const tcp = (ports: Port[]) => ports.map(({ port, protocol = "TCP" }) => ({ port, protocol }));

/** One policy that denies all, and one for each kind of pod with all its flows. Pure. */
export function policies(flows: Flow[]): Policy[] {
    const kinds = new Map<string, PodKind>();
    for (const end of flows.flatMap(({ from, to }) => [from, to])) if (isKind(end)) kinds.set(end.name, end);
    const nothing: Policy = { name: "default-deny", spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } };
    return [nothing, ...[...kinds.values()].map((kind) => ({ name: kind.name, spec: specOf(kind, flows) }))];
}

/** A direction without a rule is denied. */
function specOf({ name, labels }: PodKind, flows: Flow[]): inputs.v1.NetworkPolicySpec {
    const is = (end: End) => isKind(end) && end.name === name;
    return {
        podSelector: { matchLabels: labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: flows.filter(({ to }) => is(to)).map(({ from, ports }) => ({ from: peers(from), ports: tcp(ports) })),
        egress: flows.filter(({ from }) => is(from)).map(({ to, ports }) => ({ to: peers(to), ports: tcp(ports) })),
    };
}
