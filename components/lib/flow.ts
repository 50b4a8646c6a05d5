import { covers } from "./cidr";
import type { Labels } from "./labels";

/** Pods that are alike. Each kind has one NetworkPolicy, named after it. */
export interface PodKind {
    name: string;
    labels: Labels;
}

interface Selector {
    matchLabels?: Labels;
    matchExpressions?: { key: string; operator: "Exists" }[];
}

/** Whoever is not a kind of pod in this namespace: pods elsewhere, or addresses. */
export interface Peer {
    namespaceSelector?: Selector;
    podSelector?: Selector;
    ipBlock?: { cidr: string; except?: string[] };
}

export interface Port {
    port: number;
    protocol?: "TCP" | "UDP";
}

/** Connections that are allowed. Each end that is a kind of pod gets its half of the permission. */
export interface Flow {
    from: PodKind | Peer[];
    to: PodKind | Peer[];
    ports: Port[];
}

/** Where the metadata services of clouds are, which give credentials to whoever asks: link-local, or of the cloud alone. */
export const metadataAddresses = ["169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "fd20:ce::254/128"];

/** No range of addresses opens the way to the metadata service, however wide it is. */
export const addresses = (cidrs: string[]): Peer[] =>
    cidrs.map((cidr) => {
        const except = metadataAddresses.filter((range) => covers(cidr, range));
        return { ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } };
    });

/** Clients in these ranges. */
export const clients = (cidrs: string[]): Peer[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));

/** All pods of a namespace, or those with these labels. */
export const inNamespace = (name: string, matchLabels?: Labels): Peer => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    ...(matchLabels ? { podSelector: { matchLabels } } : {}),
});
