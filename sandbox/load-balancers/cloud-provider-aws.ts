// The checks that the cloud provider of AWS makes of a Service before it asks AWS for anything, by its version 1.35: in EKS it runs
// beside every cluster.
import { annotation, type Controller, networkHostname, noNumber, pairs, type Service } from "./service";

const classicEnd = ".elb.amazonaws.com";
const isNetwork = (service: Service) => annotation(service, "type") === "nlb";

/** The one kind of load balancer does not become the other. */
function otherKind(service: Service): string | undefined {
    const [address] = service.status.loadBalancer.ingress ?? [];
    if (!address || (address.hostname ?? "").endsWith(classicEnd) !== isNetwork(service)) return undefined;
    const kind = isNetwork(service) ? "NLB" : "Classic Load Balancer";
    return `cannot update Load Balancer Type annotation after creation for ${kind}`;
}

function attributes(service: Service): string | undefined {
    const text = annotation(service, "target-group-attributes");
    if (text === undefined) return undefined;
    if (!isNetwork(service)) return "target group attributes annotation is only supported for NLB";
    const known = ["preserve_client_ip.enabled", "proxy_protocol_v2.enabled"];
    for (const [key, value] of Object.entries(pairs(text) ?? { [text]: "" })) {
        if (!known.includes(key)) return `target group attributes: "${key}" is not supported by the controller`;
        if (!["true", "false"].includes(value)) return `target group attributes: "${key}" cannot be "${value}"`;
    }
    return undefined;
}

function ports(service: Service): string | undefined {
    const protocols = [...new Set(service.spec.ports.map(({ protocol }) => protocol))];
    if (protocols.length === 0) return "requested load balancer with no ports";
    if (protocols.length > 1) return "mixed protocol is not supported for LoadBalancer";
    const known = isNetwork(service) ? ["TCP", "UDP"] : ["TCP"];
    return known.includes(protocols[0]!) ? undefined : `Protocol ${protocols[0]} not supported by LoadBalancer`;
}

function healthCheck(service: Service): string | undefined {
    const protocol = annotation(service, "healthcheck-protocol") ?? "HTTP";
    if (!["HTTP", "HTTPS", "TCP"].includes(protocol.toUpperCase()))
        return `Unsupported health check protocol ${protocol}`;
    const wrong = noNumber(service);
    return wrong && `failed to parse annotation ${wrong}=${annotation(service, wrong)}`;
}

function affinity({ spec: { sessionAffinity } }: Service): string | undefined {
    return sessionAffinity === "None" ? undefined : `unsupported load balancer affinity: ${sessionAffinity}`;
}

const givenAddress = ({ spec }: Service) =>
    spec.loadBalancerIP ? "LoadBalancerIP cannot be specified for AWS ELB" : undefined;

export const cloudProviderAws: Controller = {
    name: "service-controller",
    claims: (service) =>
        service.spec.type === "LoadBalancer" &&
        service.spec.loadBalancerClass === undefined &&
        !["external", "nlb-ip"].includes(annotation(service, "type") ?? ""),
    refusal: (service) =>
        otherKind(service) ??
        attributes(service) ??
        affinity(service) ??
        ports(service) ??
        (isNetwork(service) ? healthCheck(service) : undefined) ??
        givenAddress(service),
    hostname: (service) =>
        isNetwork(service)
            ? networkHostname(service)
            : `${service.metadata.uid.replaceAll("-", "")}.eu-central-1${classicEnd}`,
    event: (refusal) => ({
        reason: "SyncLoadBalancerFailed",
        message: `Error syncing load balancer: failed to ensure load balancer: ${refusal}`,
    }),
};
