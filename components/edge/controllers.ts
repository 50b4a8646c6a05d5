// What follows from who makes the load balancer: who may be asked for what, and how soon it sees a pod come or go. Pure.
import { terminationSeconds } from "../app/rollout";
import type { Resolved } from "../parts";
import type { EdgeArgs } from "./args";

type Way = Pick<Required<EdgeArgs>, "serviceType" | "loadBalancerController">;

/**
 * How a load balancer of AWS asks each node whether it has a ready pod, at the health check port of the Service. Both controllers are
 * told these numbers: their own have changed from version to version, up to three answers with 30 seconds between them.
 */
const check = { intervalSeconds: 10, answers: 2 };
/** From the end of a pod to the node's answer, and from the last answer to the end of new connections. */
const onTheWaySeconds = 10;
/** For a load balancer that nobody here knows: three answers, 30 seconds apart, are the slowest that clouds begin with. */
const unknownSeconds = 90;
/** Within the cluster, each node hears of it by itself. */
const inClusterSeconds = 10;

/** How long requests still come to a pod that ends, at the most. */
export function leastDrain({ serviceType, loadBalancerController }: Way): number {
    if (serviceType !== "LoadBalancer") return inClusterSeconds;
    if (loadBalancerController === "other") return unknownSeconds;
    return check.intervalSeconds * check.answers + onTheWaySeconds;
}

/** The cloud provider of EKS refuses a Service that asks for affinity, and makes no load balancer. */
export const takesAffinity = ({ serviceType, loadBalancerController }: Way) =>
    serviceType !== "LoadBalancer" || loadBalancerController !== "cloud-provider-aws";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

const named = (annotations: Record<string, string>) =>
    Object.fromEntries(Object.entries(annotations).map(([name, value]) => [prefix + name, value]));

const healthCheck = {
    "healthcheck-interval": String(check.intervalSeconds),
    "healthcheck-healthy-threshold": String(check.answers),
    "healthcheck-unhealthy-threshold": String(check.answers),
};

/** Who makes the load balancer, from where it is reached, and how soon it sees a pod come or go. Nothing may contradict these. */
export function decidedAnnotations({ loadBalancerController, loadBalancerScheme }: Resolved): Record<string, string> {
    switch (loadBalancerController) {
        case "aws-load-balancer-controller":
            // By instance, not by address of the pod: only so is the client's address kept, and the health check port asked.
            return named({
                type: "external",
                "nlb-target-type": "instance",
                scheme: loadBalancerScheme,
                ...healthCheck,
            });
        case "cloud-provider-aws":
            return named({ type: "nlb", internal: String(loadBalancerScheme === "internal"), ...healthCheck });
        case "other":
            return {};
    }
}

/** Whether an annotation is for `decidedAnnotations` alone to give. */
export const isDecided = (name: string) =>
    name.startsWith(prefix) &&
    /^(type|nlb-target-type|scheme|internal|healthcheck-.+)$/.test(name.slice(prefix.length));

/**
 * What lets connections end well. Across zones: else a zone that loses its only pod serves nobody until DNS has forgotten it. And those
 * that are open are left to the pod, which ends them: else they are cut off as soon as its node counts as unhealthy.
 */
function gentleAnnotations(s: Resolved): Record<string, string> {
    switch (s.loadBalancerController) {
        case "aws-load-balancer-controller":
            return named({
                attributes: "load_balancing.cross_zone.enabled=true",
                "target-group-attributes": [
                    "target_health_state.unhealthy.connection_termination.enabled=false",
                    `target_health_state.unhealthy.draining_interval_seconds=${terminationSeconds(s)}`,
                ].join(","),
            });
        case "cloud-provider-aws":
            // It refuses the attribute about open connections.
            return named({ "cross-zone-load-balancing-enabled": "true" });
        case "other":
            return {};
    }
}

/** All annotations of the Service. */
export const annotations = (s: Resolved): Record<string, string> =>
    s.serviceType === "LoadBalancer"
        ? { ...decidedAnnotations(s), ...gentleAnnotations(s), ...s.serviceAnnotations }
        : s.serviceAnnotations;
