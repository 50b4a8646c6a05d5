// How the pods of other parts reach what every cluster has, and what is known by its name alone.
import { isIPv4, isIPv6 } from "node:net";
import type { IpFamily } from "../lib/cidr";
import { addresses, type Flow, inNamespace, type Peer, type PodKind } from "../lib/flow";
import type { Resolved } from "../parts";

export const families = ({ ipFamilies }: Resolved): IpFamily[] =>
    ipFamilies === "dualStack" ? ["IPv4", "IPv6"] : [ipFamilies];

const everywhere: Record<IpFamily, string> = { IPv4: "0.0.0.0/0", IPv6: "::/0" };

export const anyAddress = (s: Resolved): Peer[] => addresses(families(s).map((family) => everywhere[family]));

/** Of version 6, public addresses have a range of their own; in that of version 4 are others. */
const publicBlocks: Record<IpFamily, Peer["ipBlock"]> = {
    IPv4: {
        cidr: "0.0.0.0/0",
        except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
    },
    IPv6: { cidr: "2000::/3" },
};

/** Neither pods, nor the Kubernetes API, nor the metadata service. */
export const publicAddresses = (s: Resolved): Peer[] =>
    families(s).map((family) => ({ ipBlock: publicBlocks[family] }));

/** The pods of the cluster's DNS, and servers that are no pods. */
export const toDns = (from: PodKind, s: Resolved): Flow => ({
    from,
    to: [inNamespace("kube-system", { "k8s-app": "kube-dns" }), ...addresses(s.dnsCidrs)],
    ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
    ],
});

/** The Kubernetes API, at the addresses that are set; none: at any address. */
export const toKubernetesApi = (from: PodKind, s: Resolved): Flow => ({
    from,
    to: s.kubernetesApiCidrs.length > 0 ? addresses(s.kubernetesApiCidrs) : anyAddress(s),
    ports: s.kubernetesApiPorts.map((port) => ({ port })),
});

/** What a URL names. A Service's name tells its namespace; another name may stand for any public address. */
export function toUrl(from: PodKind, url: string, s: Resolved): Flow {
    const { hostname, port, protocol } = new URL(url);
    return {
        from,
        to: hostPeers(hostname.replace(/^\[(.*)\]$/, "$1"), s),
        ports: [{ port: port === "" ? { "http:": 80, "https:": 443 }[protocol]! : Number(port) }],
    };
}

function hostPeers(host: string, s: Resolved): Flow["to"] {
    if (isIPv4(host)) return addresses([`${host}/32`]);
    if (isIPv6(host)) return addresses([`${host}/128`]);
    const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(host) ?? [];
    return namespace ? [inNamespace(namespace)] : publicAddresses(s);
}
