import { holdEverything } from "../lib/cidr";
import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import {
    annotatedRanges,
    hasRangesElsewhere,
    isInternal,
    rangesIn,
    voidsRanges,
} from "../lib/kubernetes/load-balancer";
import type { KubernetesObject } from "../lib/kubernetes/objects";
import { eachObject, type ResourceRule } from "../lib/rule";

function checkLoadBalancer(service: KubernetesObject, judge: Judge): void {
    if (isInternal(service.fields)) return;
    const ranges = service.fields.at("spec", "loadBalancerSourceRanges");
    const annotations = service.fields.at("metadata", "annotations");
    const annotated = ranges.items.length === 0 ? annotatedRanges(annotations) : undefined;
    const [place, cidrs] = annotated
        ? [annotated, rangesIn(annotated.text!)]
        : [ranges, ranges.items.map((range) => range.text ?? "")];
    const voids = voidsRanges(annotations);
    if (voids && (cidrs.length > 0 || hasRangesElsewhere(annotations)))
        judge.wrong(voids, "makes the source ranges void; leave it out, or make the load balancer internal");
    else if (cidrs.length > 0) checkRanges(place, cidrs, judge);
    else if (voids || !hasRangesElsewhere(annotations))
        judge.missing(
            service,
            ranges,
            "is absent, so that the load balancer is open to everybody; name the networks that may use it",
        );
}

function checkRanges(place: Field, cidrs: string[], judge: Judge): void {
    if (holdEverything(cidrs))
        judge.wrong(place, "holds every address; name the networks that may use the load balancer");
}

export const networkExposedServices: ResourceRule = {
    name: "network-exposed-services",
    description:
        "No Service is open to everybody: by a port of the nodes, a load balancer without source ranges, or external IPs.",
    severity: "high",
    level: "mandatory",
    references: ["KSV-0108"],
    remediation:
        "Use type ClusterIP behind an Ingress or a Gateway. A LoadBalancer needs spec.loadBalancerSourceRanges, or the annotation that makes " +
        "it internal; at AWS neither holds beside security groups of your own. One that is to be public needs an exemption. Leave externalIPs out.",
    check: eachObject([{ kind: "Service", groups: [""] }], (service, judge) => {
        const spec = service.fields.at("spec");
        judge.part(() => {
            const type = spec.at("type");
            if (type.text === "NodePort")
                judge.wrong(type, "is NodePort, which opens a port on every node; use ClusterIP");
        });
        judge.part(() => {
            const external = spec.at("externalIPs");
            if (external.items.length > 0)
                judge.wrong(
                    external,
                    "takes over traffic to any address that it names (CVE-2020-8554); it must be absent",
                );
        });
        judge.part(() => {
            const type = spec.at("type");
            const patched = service.patch && type.absent;
            if (type.text === "LoadBalancer" || patched) checkLoadBalancer(service, judge);
        });
    }),
};
