import { appPods, appPort } from "../app/names";
import { clients, type Flow, inNamespace } from "../lib/flow";
import type { Resolved } from "../parts";

export function flows(s: Resolved): Flow[] {
    const ports = [{ port: appPort }];
    const controller: Flow = { from: [inNamespace(s.ingressNamespace, s.ingressPodLabels)], to: appPods, ports };
    const balanced: Flow = { from: clients(s.loadBalancerSourceRanges), to: appPods, ports };
    return s.serviceType === "LoadBalancer" ? [controller, balanced] : [controller];
}
