// NetworkPolicies as lines that a person reads: "app > redis :6379" is a way out, "redis < app :6379" a way in.
import type { networking } from "@pulumi/kubernetes/types/input";
import type { JustDbCloudArgs } from "../../components";
import { resolve } from "../../components/config/resolve";
import { policies } from "../../components/network/policies";
import { flows } from "../../components/parts";

type Spec = networking.v1.NetworkPolicySpec;
interface Rule {
    from?: Peer[];
    to?: Peer[];
    ports: { port: number; protocol: string }[];
}
interface Selector {
    matchLabels?: Record<string, string>;
}
export interface Peer {
    namespaceSelector?: Selector;
    podSelector?: Selector;
    ipBlock?: { cidr: string; except?: string[] };
}

const labels = (selector?: Selector) => Object.values(selector?.matchLabels ?? {}).join(",");

function nameOf({ namespaceSelector, podSelector, ipBlock }: Peer): string {
    if (ipBlock) return ipBlock.cidr + (ipBlock.except ? ` but ${ipBlock.except.join(" ")}` : "");
    return namespaceSelector ? `${labels(namespaceSelector)}/${labels(podSelector) || "*"}` : labels(podSelector);
}

const portsOf = ({ ports }: Rule) => ports.map(({ port, protocol }) => `${port}${protocol === "UDP" ? "/udp" : ""}`);

/** The policies of a stack with these arguments, by kind of pod. */
export const policiesOf = (args: JustDbCloudArgs): Map<string, Spec> =>
    new Map(policies(flows(resolve(args, "justdb"))).map(({ name, spec }) => [name, spec]));

/** Every way that they allow. */
export function waysOf(args: JustDbCloudArgs, kind?: string): string[] {
    const found = [...policiesOf(args)].filter(([name]) => name === (kind ?? name));
    return found.flatMap(([name, spec]) => {
        const { ingress = [], egress = [] } = spec as unknown as { ingress?: Rule[]; egress?: Rule[] };
        const line = (sign: string, peers: Peer[], rule: Rule) =>
            `${name} ${sign} ${peers.map(nameOf).join(" | ")} :${portsOf(rule).join(",")}`;
        return [
            ...ingress.map((rule) => line("<", rule.from!, rule)),
            ...egress.map((rule) => line(">", rule.to!, rule)),
        ];
    });
}
