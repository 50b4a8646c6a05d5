import type { Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";

/** Of the others no API can be seen: EKS runs its cloud provider beside the cluster. */
export function requirements(s: Resolved): Requirement[] {
    if (s.serviceType !== "LoadBalancer" || s.loadBalancerController !== "aws-load-balancer-controller") return [];
    return [
        {
            api: "elbv2.k8s.aws/v1beta1/TargetGroupBinding",
            what: "AWS Load Balancer Controller, which makes the load balancer, is not installed",
            fix:
                "install it: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/, " +
                "or take the one that EKS has by itself: pulumi config set loadBalancerController cloud-provider-aws; on another cloud: other",
        },
    ];
}
