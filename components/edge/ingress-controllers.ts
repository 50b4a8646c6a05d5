// What follows from who reads the Ingress. Pure.
import type { Resolved } from "../parts";
import { type Annotations, type Decided, merged } from "./annotations";
import * as applicationLoadBalancer from "./application-load-balancer";
import { recordAnnotations } from "./external-dns";
import * as traefik from "./traefik";

const nothing: Decided = { values: {}, covers: () => false, isList: () => false };

export function decided(s: Resolved): Decided {
    switch (s.ingressController) {
        case "traefik":
            return traefik.decided(s);
        case "aws-load-balancer-controller":
            return applicationLoadBalancer.decided(s);
        case "other":
            return nothing;
    }
}

/** All annotations of the Ingress that serves. */
export function annotations(s: Resolved): Annotations {
    const preferred =
        s.ingressController === "aws-load-balancer-controller" ? applicationLoadBalancer.preferred(s) : {};
    return { ...preferred, ...merged(decided(s), s.ingressAnnotations), ...recordAnnotations(s) };
}
