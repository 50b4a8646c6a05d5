// Who stands in front of the pods. Pure.
import type { Resolved } from "../parts";

/** The settings that tell it. */
export type Way = Pick<Resolved, "edge" | "loadBalancerController" | "ingressController" | "edgeCidrs">;

/** An application load balancer of AWS, which sends to the pods itself. */
export const isApplicationLoadBalancer = ({ edge, ingressController }: Pick<Way, "edge" | "ingressController">) =>
    edge === "ingress" && ingressController === "aws-load-balancer-controller";

/** Whether what sends to the pods is outside of the cluster, so that it sees late which of them come and go. */
export const isOutside = (way: Way) =>
    way.edge === "loadBalancer" || isApplicationLoadBalancer(way) || way.edgeCidrs.length > 0;
