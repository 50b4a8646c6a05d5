import type { Problem } from "../config/error";
import { onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Resolved } from "../parts";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] =>
    s.serviceType === "LoadBalancer"
        ? clients(s)
        : onlyFor(s, chosen, "serviceType", "LoadBalancer", ["loadBalancerSourceRanges"]);

function clients(s: Resolved): Problem[] {
    if (s.loadBalancerSourceRanges.length > 0) return [];
    return [
        {
            key: "loadBalancerSourceRanges",
            also: ["serviceType"],
            got: "nothing, with serviceType LoadBalancer",
            allowed: "the CIDRs of the clients",
            fix: `set it to ["203.0.113.0/24"], for example, or set serviceType to ClusterIP`,
        },
    ];
}
