import { appPods, appPort } from "../app/names";
import { clients, type Flow, inNamespace } from "../lib/flow";
import { families } from "../network/flows";
import type { Resolved } from "../parts";
import type { Mesh } from "./args";

/** Where sidecars get their configuration and certificates. In Istio's ambient mode the proxy of the node does, which is no pod of ours. */
const controlPlanePorts: Record<Mesh, number[]> = {
    none: [],
    istio: [15_012],
    istioAmbient: [],
    // Identity, destination, policy.
    linkerd: [8080, 8086, 8090],
};

/** Where the proxies of a mesh take what comes from each other, whichever port it is for. */
const tunnelPort: Record<Mesh, number | undefined> = {
    none: undefined,
    // A sidecar takes what comes from pods of the ambient mode.
    istio: 15_008,
    istioAmbient: 15_008,
    linkerd: 4143,
};

/** The addresses from which the kubelet's probes reach a pod of Istio's ambient mode. */
const kubelet = { IPv4: "169.254.7.127/32", IPv6: "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128" };

export function flows(s: Resolved): Flow[] {
    const ports = controlPlanePorts[s.mesh].map((port) => ({ port }));
    const toControlPlane = { from: appPods, to: [inNamespace(s.meshNamespace)], ports };
    const probes = {
        from: clients(families(s).map((family) => kubelet[family])),
        to: appPods,
        ports: [{ port: appPort }],
    };
    return [...(ports.length > 0 ? [toControlPlane] : []), ...(s.mesh === "istioAmbient" ? [probes] : [])];
}

const isOfPods = (end: Flow["from"]) => !Array.isArray(end) || end.some(({ ipBlock }) => !ipBlock);

/** The same, also by the tunnel where both ends may be in the mesh. For flows between the app and pods elsewhere. */
export function tunnelled(s: Resolved, flow: Flow): Flow {
    const port = tunnelPort[s.mesh];
    if (port === undefined || ![flow.from, flow.to].every(isOfPods)) return flow;
    return { ...flow, ports: [...flow.ports, { port }] };
}
