import { isIPv4 } from "node:net";
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

/** The addresses of a cloud's metadata service, which gives credentials to whoever asks. */
const metadataAddresses = "169.254.0.0/16";
const privateAddresses = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", metadataAddresses];

/** No range of addresses opens the way to the metadata service, however wide it is. */
export const addresses = (cidrs: string[]): Peer[] =>
    cidrs.map((cidr) => ({
        ipBlock: { cidr, ...(covers(cidr, metadataAddresses) ? { except: [metadataAddresses] } : {}) },
    }));

/** Clients in these ranges. */
export const clients = (cidrs: string[]): Peer[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));

export const anyAddress = (): Peer[] => [{ ipBlock: { cidr: "0.0.0.0/0", except: [metadataAddresses] } }];

/** Neither pods, nor the Kubernetes API, nor the metadata service. */
export const publicAddresses = (): Peer[] => [{ ipBlock: { cidr: "0.0.0.0/0", except: privateAddresses } }];

/** All pods of a namespace, or those with these labels. */
export const inNamespace = (name: string, matchLabels?: Labels): Peer => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    ...(matchLabels ? { podSelector: { matchLabels } } : {}),
});

export const toDns = (from: PodKind): Flow => ({
    from,
    to: [inNamespace("kube-system", { "k8s-app": "kube-dns" })],
    ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
    ],
});

/** The Kubernetes API, at these addresses; none: at any address. */
export const toKubernetesApi = (from: PodKind, cidrs: string[]): Flow => ({
    from,
    to: cidrs.length > 0 ? addresses(cidrs) : anyAddress(),
    ports: [{ port: 443 }, { port: 6443 }],
});

/** What a URL names. A Service's name tells its namespace; another name may stand for any public address. */
export function toUrl(from: PodKind, url: string): Flow {
    const { hostname, port, protocol } = new URL(url);
    const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(hostname) ?? [];
    const named = namespace ? [inNamespace(namespace)] : publicAddresses();
    return {
        from,
        to: isIPv4(hostname) ? addresses([`${hostname}/32`]) : named,
        ports: [{ port: port === "" ? { "http:": 80, "https:": 443 }[protocol]! : Number(port) }],
    };
}
