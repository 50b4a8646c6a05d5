// The Gateway API: what has listeners, and which of them a route is attached to.
import type { Field } from "../field";
import { allOf, orUnknown, type Verdict } from "../verdict";
import { covers } from "./ingress";
import type { Family, KubernetesObject } from "./objects";

const group = "gateway.networking.k8s.io";

export const gateways: Family = { kind: "Gateway", groups: [group] };
/** They add listeners to a Gateway. */
export const listenerSets: Family[] = [
    { kind: "ListenerSet", groups: [group] },
    { kind: "XListenerSet", groups: ["gateway.networking.x-k8s.io"] },
];
export const listening: Family[] = [gateways, ...listenerSets];

export const listenersOf = ({ fields }: KubernetesObject) => fields.at("spec", "listeners").items;

export const protocolIs = (listener: Field, ...protocols: string[]) =>
    protocols.includes(listener.at("protocol").text ?? "");

/** Whether ListenerSets may give the Gateway more listeners. */
export const takesListenerSets = ({ fields }: KubernetesObject): boolean =>
    (fields.at("spec", "allowedListeners", "namespaces", "from").text ?? "None") !== "None";

/** Whether a listener takes the host by HTTPS or TLS. One without a hostname takes every host. */
export const takesSecurely = (listener: Field, host: string): Verdict =>
    orUnknown(() => {
        if (!protocolIs(listener, "HTTPS", "TLS")) return false;
        const { text } = listener.at("hostname");
        return !text || host === "" || covers(text, host, "any");
    });

/** What a route is attached to by one of its parentRefs. */
export const parentKind = (reference: Field) => ({
    kind: reference.at("kind").text ?? "Gateway",
    group: reference.at("group").text ?? group,
});

/** Whether a route with these hostnames is attached to the listener, of a Gateway or ListenerSet of the route's namespace or of another one. */
export const isAttached = (reference: Field, listener: Field, hostnames: Field, sameNamespace: boolean): Verdict =>
    allOf([
        orUnknown(() => isSame(reference.at("sectionName"), listener.at("name"))),
        orUnknown(() => isSame(reference.at("port"), listener.at("port"))),
        orUnknown(() => shareHosts(listener.at("hostname").text ?? "", hostnames.items)),
        orUnknown(() => lets(listener, sameNamespace)),
    ]);

/** What a reference leaves open fits all. */
const isSame = (asked: Field, is: Field) => asked.absent || asked.value === is.value;

function shareHosts(hostname: string, hostnames: Field[]): boolean {
    if (hostname === "" || hostnames.length === 0) return true;
    const hosts = hostnames.map((host) => host.text ?? "");
    return hosts.some((host) => covers(hostname, host, "any") || covers(host, hostname, "any"));
}

/** Of namespaces that are selected by their labels, the route's may be one. */
function lets(listener: Field, sameNamespace: boolean): boolean {
    const from = listener.at("allowedRoutes", "namespaces", "from").text ?? "Same";
    return from === "Same" ? sameNamespace : from !== "None";
}
