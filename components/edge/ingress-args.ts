/** Who reads the Ingress. It decides how a redirect, HSTS and limits are said to it. */
export const IngressController = {
    /** Traefik, by annotations and Middleware objects. */
    Traefik: "traefik",
    /** AWS Load Balancer Controller, which makes an application load balancer. */
    AwsLoadBalancerController: "aws-load-balancer-controller",
    /** Another one, told by annotations what to do. */
    Other: "other",
} as const;
export type IngressController = (typeof IngressController)[keyof typeof IngressController];

export interface IngressArgs {
    /**
     * IngressClass of the Ingress. Required with edge ingress.
     * @default ""
     * @example "traefik"
     */
    ingressClass?: string;

    /**
     * Who reads Ingresses of that class: traefik, whose entry points must be named web and websecure, as its chart names them; aws-load-balancer-controller, which makes an application load balancer; or other.
     * @default "other"
     * @example "traefik"
     */
    ingressController?: IngressController;

    /**
     * Annotations of the Ingress, beside those that follow from ingressController. With other, all that the controller is told.
     * @default {}
     * @example {"team": "data"}
     */
    ingressAnnotations?: { [key: string]: string };
}
