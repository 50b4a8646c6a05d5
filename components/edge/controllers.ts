// What follows from who makes the load balancer: who may be asked for what, and how soon it sees a pod come or go. Pure.
import { terminationSeconds } from "../app/rollout";
import type { Resolved } from "../parts";
import { type Annotations, type Decided, prefixed } from "./annotations";
import { isApplicationLoadBalancer, isOutside, type Way } from "./way";

/**
 * How a load balancer of AWS asks each node whether it has a ready pod, at the health check port of the Service; or each pod, where it sends
 * to pods. All controllers are told these numbers: their own have changed from version to version, up to three answers with 30 seconds
 * between them.
 */
export const check = { intervalSeconds: 10, answers: 2 };
/** From the end of a pod to the node's answer, and from the last answer to the end of new connections. */
const onTheWaySeconds = 10;
/** For a load balancer that nobody here knows: three answers, 30 seconds apart, are the slowest that clouds begin with. */
const unknownSeconds = 90;
/** Within the cluster, each node hears of it by itself. */
const inClusterSeconds = 10;

/**
 * How long requests still come to a pod that ends, at the most. An application load balancer need not ask: its controller takes the pod
 * out as soon as it ends, and the same time is enough for that to reach each of its nodes.
 */
export function leastDrain(way: Way): number {
    if (!isOutside(way)) return inClusterSeconds;
    return isOfAws(way) ? check.intervalSeconds * check.answers + onTheWaySeconds : unknownSeconds;
}

/** Whether it is a load balancer of AWS, of which the times are known. */
export const isOfAws = (way: Way) =>
    way.edge === "loadBalancer" ? way.loadBalancerController !== "other" : isApplicationLoadBalancer(way);

/** The cloud provider of EKS refuses a Service that asks for affinity, and makes no load balancer. */
export const takesAffinity = ({ edge, loadBalancerController }: Way) =>
    edge !== "loadBalancer" || loadBalancerController !== "cloud-provider-aws";

/** EKS Auto Mode is asked by the class of the load balancer, which cannot be set on a Service that has one already. */
export const loadBalancerClass = ({ loadBalancerController }: Way) =>
    loadBalancerController === "eks-auto-mode" ? { loadBalancerClass: "eks.amazonaws.com/nlb" } : {};

/**
 * Those of AWS send to nodes by IPv4 alone, and the controllers refuse a Service that has an address of IPv6. What others make of both
 * families their annotations tell.
 */
export const families = (s: Resolved) =>
    isOfAws(s) && s.ipFamilies === "dualStack" ? { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"] } : {};

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

const named = (annotations: Annotations) => prefixed(prefix, annotations);

const healthCheck = {
    "healthcheck-interval": String(check.intervalSeconds),
    "healthcheck-healthy-threshold": String(check.answers),
    "healthcheck-unhealthy-threshold": String(check.answers),
};

/** By instance, not by address of the pod: only so is the client's address kept, and the health check port asked. */
const byInstance = { "nlb-target-type": "instance" };

/** TLS, in the words of all three. */
const certificate = ({ tlsCertificateArn }: Resolved): Annotations =>
    tlsCertificateArn === "" ? {} : { "ssl-cert": tlsCertificateArn, "ssl-ports": "443" };

/** Who makes the load balancer, from where it is reached, by what, and how soon it sees a pod come or go. */
function decidedAnnotations(s: Resolved): Annotations {
    const scheme = s.loadBalancerScheme;
    const common = { ...healthCheck, ...certificate(s) };
    switch (s.loadBalancerController) {
        case "aws-load-balancer-controller":
            return named({ type: "external", ...byInstance, scheme, ...common });
        case "eks-auto-mode":
            return named({ ...byInstance, scheme, ...common });
        case "cloud-provider-aws":
            return named({ type: "nlb", internal: String(scheme === "internal"), ...common });
        case "other":
            return {};
    }
}

const ours = /^(?:type|nlb-target-type|scheme|internal|healthcheck-.+|ssl-cert|ssl-ports|backend-protocol)$/;

/** Nothing may contradict these. */
export const decided = (s: Resolved): Decided => ({
    values: decidedAnnotations(s),
    covers: (name) =>
        s.loadBalancerController !== "other" && name.startsWith(prefix) && ours.test(name.slice(prefix.length)),
    isList: () => false,
});

/** TLS 1.3 and 1.2; without it AWS takes 1.0 too. */
export const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/**
 * What lets connections end well, and which TLS. Across zones: else a zone that loses its only pod serves nobody until DNS has forgotten
 * it. And those that are open are left to the pod, which ends them: else they are cut off as soon as its node counts as unhealthy.
 */
function gentleAnnotations(s: Resolved): Annotations {
    const policy: Annotations = s.tlsCertificateArn === "" ? {} : { "ssl-negotiation-policy": tlsPolicy };
    switch (s.loadBalancerController) {
        case "aws-load-balancer-controller":
        case "eks-auto-mode":
            return named({
                ...policy,
                attributes: "load_balancing.cross_zone.enabled=true",
                "target-group-attributes": [
                    "target_health_state.unhealthy.connection_termination.enabled=false",
                    `target_health_state.unhealthy.draining_interval_seconds=${terminationSeconds(s)}`,
                ].join(","),
            });
        case "cloud-provider-aws":
            // It refuses the attribute about open connections.
            return named({ ...policy, "cross-zone-load-balancing-enabled": "true" });
        case "other":
            return {};
    }
}

/** All annotations of the Service. */
export const annotations = (s: Resolved): Annotations =>
    s.edge === "loadBalancer"
        ? { ...decidedAnnotations(s), ...gentleAnnotations(s), ...s.serviceAnnotations }
        : s.serviceAnnotations;
