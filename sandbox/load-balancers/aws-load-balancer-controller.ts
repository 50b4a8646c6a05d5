// The checks that AWS Load Balancer Controller makes of a Service before it asks AWS for anything, by its version 3.5. Affinity is none
// of them: it is kube-proxy's.
import { annotation, type Controller, networkHostname, noNumber, pairs, type Service } from "./service";

const ownClass = "service.k8s.aws/nlb";
const targetTypes = ["instance", "ip"];
const flags = ["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"];

function scheme(service: Service): string | undefined {
    const given = annotation(service, "scheme");
    if (given !== undefined)
        return ["internal", "internet-facing"].includes(given) ? undefined : `unknown scheme: ${given}`;
    const internal = annotation(service, "internal") ?? "true";
    return flags.includes(internal) ? undefined : `failed to parse bool annotation, internal: ${internal}`;
}

function addressType(service: Service): string | undefined {
    const given = annotation(service, "ip-address-type") ?? "ipv4";
    return ["ipv4", "dualstack"].includes(given) ? undefined : `unknown IPAddressType: ${given}`;
}

/** An address of either family makes all targets those of IPv6. */
function family(service: Service): string | undefined {
    const isDual = annotation(service, "ip-address-type") === "dualstack";
    return service.spec.ipFamilies?.includes("IPv6") && !isDual
        ? "unsupported IPv6 configuration, lb not dual-stack"
        : undefined;
}

/** Each of these is a list of pairs. */
function attributes(service: Service): string | undefined {
    for (const name of ["attributes", "target-group-attributes", "additional-resource-tags"]) {
        const text = annotation(service, name);
        if (text === undefined) continue;
        const given = pairs(text);
        if (!given) return `failed to parse stringMap annotation, ${name}: ${text}`;
        const preserve = given["preserve_client_ip.enabled"];
        if (preserve !== undefined && !flags.includes(preserve))
            return `failed to parse attribute preserve_client_ip.enabled=${preserve}`;
    }
    return undefined;
}

function healthCheck(service: Service): string | undefined {
    const protocol = annotation(service, "healthcheck-protocol") ?? "HTTP";
    if (!["HTTP", "HTTPS", "TCP"].includes(protocol.toUpperCase()))
        return `unsupported health check protocol ${protocol}`;
    const wrong = noNumber(service);
    return wrong && `failed to parse int32 annotation, ${wrong}: ${annotation(service, wrong)}`;
}

function proxyProtocol(service: Service): string | undefined {
    const given = annotation(service, "proxy-protocol") ?? "*";
    return given === "*"
        ? undefined
        : `invalid value ${given} for Load Balancer proxy protocol v2 annotation, only value currently supported is *`;
}

/** A target by instance is a port of each node. */
function nodePorts(service: Service): string | undefined {
    const byAddress = annotation(service, "type") === "nlb-ip" || annotation(service, "nlb-target-type") === "ip";
    return byAddress || service.spec.ports.every(({ nodePort }) => nodePort)
        ? undefined
        : "unable to support instance target type with an unallocated NodePort";
}

export const awsLoadBalancerController: Controller = {
    name: "service",
    claims: (service) => {
        const { type, loadBalancerClass } = service.spec;
        if (type !== "LoadBalancer") return false;
        if (loadBalancerClass !== undefined) return loadBalancerClass === ownClass;
        const kind = annotation(service, "type");
        const target = annotation(service, "nlb-target-type") ?? "";
        return kind === "nlb-ip" || (kind === "external" && targetTypes.includes(target));
    },
    refusal: (service) =>
        scheme(service) ??
        addressType(service) ??
        family(service) ??
        nodePorts(service) ??
        healthCheck(service) ??
        attributes(service) ??
        proxyProtocol(service),
    hostname: networkHostname,
    event: (refusal) => ({ reason: "FailedBuildModel", message: `Failed build model due to ${refusal}` }),
};
