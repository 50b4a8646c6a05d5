import { type Problem, shown } from "../config/error";
import type { Resolved } from "../parts";
import { contradictions } from "./annotations";
import { decided } from "./ingress-controllers";

export const ingressChecks = (s: Resolved): Problem[] => [...classOf(s), ...annotations(s)];

function classOf(s: Resolved): Problem[] {
    if (s.ingressClass !== "") return [];
    return [
        {
            key: "ingressClass",
            also: ["edge"],
            got: "nothing, with edge ingress",
            allowed: "the IngressClass whose controller shall read the Ingress",
            fix: "set it to one of those that kubectl get ingressclass lists",
        },
    ];
}

const annotations = (s: Resolved): Problem[] =>
    contradictions(decided(s), s.ingressAnnotations).map(({ name, value, decided }) => ({
        key: "ingressAnnotations",
        also: ["ingressController", "loadBalancerScheme", "loadBalancerSourceRanges", "tlsCertificateArn"],
        got: `${name}: ${shown(value)}, with ingressController ${s.ingressController}`,
        allowed: `${decided === undefined ? "nothing" : shown(decided)}: it follows from the other settings of the edge`,
        fix: "remove it and set those; ingressController other leaves all of it to ingressAnnotations",
    }));
