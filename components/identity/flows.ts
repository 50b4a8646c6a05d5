import { addresses, type Flow, type Peer, type PodKind } from "../lib/flow";
import { formerPasswords } from "../generations/former";
import type { IpFamily } from "../lib/cidr";
import { families, publicAddresses, toDns, toKubernetesApi, toUrl } from "../network/flows";
import type { Resolved } from "../parts";
import { toStorage } from "../storage/flows";
import { acceptedPods, unusedPods } from "./names";
import { agents, hasFormerKeys } from "./ways";

export const flows = (s: Resolved): Flow[] => [
    toDns(acceptedPods, s),
    ...toAws(acceptedPods, s),
    ...(hasFormerKeys(s) || formerPasswords(s).length > 0
        ? [toDns(unusedPods, s), toKubernetesApi(unusedPods, s)]
        : []),
];

/** S3, and where its callers get their credentials from. */
export const toAws = (from: PodKind, s: Resolved): Flow[] => [toStorage(from, s), ...toCredentials(from, s)];

function toCredentials(from: PodKind, s: Resolved): Flow[] {
    if (s.awsCredentials === "irsa") return [toSts(from, s)];
    return s.awsCredentials === "podIdentity" ? [{ from, to: families(s).map(agent), ports: [{ port: 80 }] }] : [];
}

function toSts(from: PodKind, s: Resolved): Flow {
    const named: Flow =
        s.stsEndpoint === "" ? { from, to: publicAddresses(s), ports: [{ port: 443 }] } : toUrl(from, s.stsEndpoint, s);
    return s.stsCidrs.length > 0 ? { ...named, to: addresses(s.stsCidrs) } : named;
}

/** The agent on the pod's own node, and nothing else that is link-local. */
const agent = (family: IpFamily): Peer => ({ ipBlock: { cidr: `${agents[family]}/${family === "IPv4" ? 32 : 128}` } });
