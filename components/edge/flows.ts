import { appPods, appPort } from "../app/names";
import { clients, type Flow, inNamespace, type Peer } from "../lib/flow";
import type { Resolved } from "../parts";

/** A rule for nobody would be one for everybody, so there is none. */
export function flows(s: Resolved): Flow[] {
    const pods: Peer[] = s.ingressNamespace === "" ? [] : [inNamespace(s.ingressNamespace, s.ingressPodLabels)];
    const balanced = s.edge === "loadBalancer" ? clients(s.loadBalancerSourceRanges) : [];
    return [pods, balanced, clients(s.edgeCidrs)]
        .filter((from) => from.length > 0)
        .map((from) => ({ from, to: appPods, ports: [{ port: appPort }] }));
}
