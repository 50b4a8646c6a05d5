import * as networking from "@pulumi/kubernetes/networking/v1";
import type { networking as inputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "./lib/context";
import { flows, policyName, type Flow } from "./network-flows";

/** Nothing may connect to or from any pod of the namespace, but for one NetworkPolicy for each flow that the wiring needs. */
export const createNetwork = (context: Context) => createPolicies(context, "network", flows(context.settings));

/** These flows and no other, for all pods of the context's namespace. */
export function createPolicies(
    { child, metadata, options }: Context,
    suffix: string,
    allowed: Flow[],
): pulumi.Resource[] {
    const create = (name: string, spec: inputs.v1.NetworkPolicySpec) =>
        new networking.NetworkPolicy(
            child(`${suffix}-${name}`),
            { metadata: metadata(policyName(name)), spec },
            options(),
        );
    return [
        create("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
        ...allowed.map((flow) => create(flow.name, specOf(flow))),
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
