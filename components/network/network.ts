import * as networking from "@pulumi/kubernetes/networking/v1";
import type { Flow } from "../lib/flow";
import type { Cluster, Waited } from "../lib/scope";
import { flows } from "../parts";
import { policies } from "./policies";

/** Nothing may connect to or from any pod of the namespace, but by the flows that the parts declare. */
export const createNetwork = (cluster: Cluster): Waited => createPolicies(cluster, "network", flows(cluster.settings));

/** These flows and no other, for all pods of the namespace that the cluster's metadata names. */
export function createPolicies({ child, metadata, options }: Cluster, suffix: string, allowed: Flow[]): Waited {
    const ready = policies(allowed).map(
        ({ name, spec }) =>
            new networking.NetworkPolicy(
                child(`${suffix}-${name}`),
                { metadata: metadata(`justdb-cloud-${name}`), spec },
                options(),
            ),
    );
    return { ready };
}
