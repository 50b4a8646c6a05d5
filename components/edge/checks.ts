import { type Problem, shown } from "../config/error";
import { onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Resolved } from "../parts";
import { decidedAnnotations, isDecided, leastDrain, takesAffinity } from "./controllers";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] =>
    s.serviceType === "LoadBalancer"
        ? [...clients(s), ...affinity(s), ...drain(s), ...annotations(s), ...scheme(s, chosen)]
        : onlyFor(s, chosen, "serviceType", "LoadBalancer", [
              "loadBalancerController",
              "loadBalancerScheme",
              "loadBalancerSourceRanges",
          ]);

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

const withController = (s: Resolved) => `with loadBalancerController ${s.loadBalancerController}`;

function affinity(s: Resolved): Problem[] {
    if (takesAffinity(s) || s.sessionAffinity === "None") return [];
    return [
        {
            key: "sessionAffinity",
            also: ["loadBalancerController"],
            got: `${shown(s.sessionAffinity)}, ${withController(s)}`,
            allowed: "None: this controller makes no load balancer for another one",
            fix: "remove sessionAffinity, or install AWS Load Balancer Controller and set loadBalancerController to aws-load-balancer-controller",
        },
    ];
}

/** What nobody here knows is for its owner to know. */
function drain(s: Resolved): Problem[] {
    if (s.loadBalancerController === "other" || s.drainSeconds >= leastDrain(s)) return [];
    return [
        {
            key: "drainSeconds",
            also: ["loadBalancerController"],
            got: `${s.drainSeconds}, ${withController(s)}`,
            allowed: `${leastDrain(s)} or more: so long its load balancer sends requests to a pod that ends`,
            fix: `remove drainSeconds, or set it to ${leastDrain(s)}`,
        },
    ];
}

function annotations(s: Resolved): Problem[] {
    if (s.loadBalancerController === "other") return [];
    const decided = decidedAnnotations(s);
    const others = Object.entries(s.serviceAnnotations).filter(
        ([name, value]) => isDecided(name) && decided[name] !== value,
    );
    return others.map(([name, value]) => ({
        key: "serviceAnnotations",
        also: ["loadBalancerController", "loadBalancerScheme"],
        got: `${name}: ${shown(value)}, ${withController(s)}`,
        allowed: `${decided[name] === undefined ? "nothing" : shown(decided[name])}: it follows from loadBalancerController and loadBalancerScheme`,
        fix: "remove it and set these two; loadBalancerController other leaves all of it to serviceAnnotations",
    }));
}

function scheme(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    if (s.loadBalancerController !== "other" || chosen.loadBalancerScheme === undefined) return [];
    return [
        {
            key: "loadBalancerScheme",
            also: ["loadBalancerController"],
            got: `${shown(s.loadBalancerScheme)}, ${withController(s)}`,
            allowed: "nothing: it is for load balancers of AWS only",
            fix: "remove it, and say it by the annotation in serviceAnnotations that the controller reads",
        },
    ];
}
