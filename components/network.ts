import * as networking from "@pulumi/kubernetes/networking/v1";
import type { networking as inputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "./lib/context";
import { flows, policyName, type Flow } from "./network-flows";

/** Nothing may connect to or from any pod of the namespace, but for one NetworkPolicy for each flow that the wiring needs. */
export function createNetwork({ settings, child, metadata, options }: Context): pulumi.Resource[] {
    const create = (name: string, spec: inputs.v1.NetworkPolicySpec) =>
        new networking.NetworkPolicy(
            child(`network-${name}`),
            { metadata: metadata(policyName(name)), spec },
            options(),
        );
    return [
        create("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
        ...flows(settings).map((flow) => create(flow.name, specOf(flow))),
    ];
}

/** Pure. */
export function specOf({ pods, from, to, ports }: Flow): inputs.v1.NetworkPolicySpec {
    const tcp = ports.map(({ port, protocol = "TCP" }) => ({ port, protocol }));
    return {
        podSelector: { matchLabels: pods },
        policyTypes: [...(from ? ["Ingress"] : []), ...(to ? ["Egress"] : [])],
        ...(from ? { ingress: [{ from, ports: tcp }] } : {}),
        ...(to ? { egress: [{ to, ports: tcp }] } : {}),
    };
}
