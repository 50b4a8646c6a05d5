import { type Problem, shown } from "../config/error";
import type { JustDbCloudArgs, Resolved } from "../parts";
import { contradictions } from "./annotations";
import { decided, isOfAws, leastDrain, takesAffinity } from "./controllers";
import { isApplicationLoadBalancer } from "./way";

/** For a Service that asks for a load balancer. */
export const loadBalancerChecks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...affinity(s),
    ...family(s),
    ...annotations(s),
    ...scheme(s, chosen),
];

/** For all that is a load balancer of a cloud. */
export function balancedChecks(s: Resolved): Problem[] {
    const clientsNeeded = s.edge === "loadBalancer" || isApplicationLoadBalancer(s);
    return [...(clientsNeeded ? clients(s) : []), ...(isOfAws(s) ? drain(s) : [])];
}

const withController = (s: Resolved) =>
    s.edge === "loadBalancer"
        ? `with loadBalancerController ${s.loadBalancerController}`
        : `with ingressController ${s.ingressController}`;

function clients(s: Resolved): Problem[] {
    if (s.loadBalancerSourceRanges.length > 0) return [];
    return [
        {
            key: "loadBalancerSourceRanges",
            also: ["edge"],
            got: `nothing, with edge ${s.edge}`,
            allowed: "the CIDRs of the clients",
            fix: 'set it to ["203.0.113.0/24"], for example, or set edge to none',
        },
    ];
}

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

function family(s: Resolved): Problem[] {
    if (s.ipFamilies !== "IPv6" || !isOfAws(s)) return [];
    return [
        {
            key: "ipFamilies",
            also: ["edge", "loadBalancerController"],
            got: `IPv6, ${withController(s)}`,
            allowed: "IPv4 or dualStack: network load balancers of AWS send to nodes by IPv4 alone",
            fix: "set edge to ingress and ingressController to aws-load-balancer-controller, whose load balancer sends to pods by IPv6, or edge to gateway",
        },
    ];
}

/** What nobody here knows is for its owner to know. */
function drain(s: Resolved): Problem[] {
    if (s.drainSeconds >= leastDrain(s)) return [];
    return [
        {
            key: "drainSeconds",
            also: ["loadBalancerController", "ingressController"],
            got: `${s.drainSeconds}, ${withController(s)}`,
            allowed: `${leastDrain(s)} or more: so long its load balancer sends requests to a pod that ends`,
            fix: `remove drainSeconds, or set it to ${leastDrain(s)}`,
        },
    ];
}

const annotations = (s: Resolved): Problem[] =>
    contradictions(decided(s), s.serviceAnnotations).map(({ name, value, decided }) => ({
        key: "serviceAnnotations",
        also: ["loadBalancerController", "loadBalancerScheme", "tlsCertificateArn"],
        got: `${name}: ${shown(value)}, ${withController(s)}`,
        allowed: `${decided === undefined ? "nothing" : shown(decided)}: it follows from loadBalancerController, loadBalancerScheme and tlsCertificateArn`,
        fix: "remove it and set these; loadBalancerController other leaves all of it to serviceAnnotations",
    }));

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
