import { appPods, appPort } from "../app/names";
import { clients, type Flow, inNamespace, type Peer } from "../lib/flow";
import { tunnelled } from "../mesh/flows";
import type { Resolved } from "../parts";
import { solverPods, solverPort } from "./names";

/** A rule for nobody would be one for everybody, so there is none. */
export function flows(s: Resolved): Flow[] {
    const pods: Peer[] = s.ingressNamespace === "" ? [] : [inNamespace(s.ingressNamespace, s.ingressPodLabels)];
    const balanced = s.edge === "loadBalancer" ? clients(s.loadBalancerSourceRanges) : [];
    const outside = clients(s.edgeCidrs);
    const to = (kind: Flow["to"], port: number, ...from: Peer[][]): Flow[] =>
        from.filter((peers) => peers.length > 0).map((peers) => ({ from: peers, to: kind, ports: [{ port }] }));
    return [
        ...to(appPods, appPort, pods, balanced, outside).map((flow) => tunnelled(s, flow)),
        // Whoever asks for the certificate's proof comes in as all others do.
        ...(s.tlsIssuer === "" ? [] : to(solverPods, solverPort, pods, outside)),
    ];
}
