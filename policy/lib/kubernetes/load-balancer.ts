// What annotations of a Service say of its load balancer.
import type { Field } from "../field";

/** Annotations that keep a load balancer inside the network, with their value; "" for any. */
const internal: Record<string, string> = {
    "cloud.google.com/load-balancer-type": "internal",
    "lb.stackit.cloud/internal-lb": "true",
    "load-balancer.hetzner.cloud/disable-public-network": "true",
    "networking.gke.io/load-balancer-type": "internal",
    "oci-network-load-balancer.oraclecloud.com/internal": "true",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": "intranet",
    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
    "service.beta.kubernetes.io/cce-load-balancer-internal-vpc": "true",
    "service.beta.kubernetes.io/do-loadbalancer-network": "internal",
    "service.beta.kubernetes.io/oci-load-balancer-internal": "true",
    "service.beta.kubernetes.io/openstack-internal-load-balancer": "true",
    "service.beta.kubernetes.io/scw-loadbalancer-private": "true",
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": "private",
    "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": "",
    "yandex.cloud/load-balancer-type": "internal",
};

const aws = "service.beta.kubernetes.io/aws-load-balancer-";

/** Classes of load balancers that AWS' own controller makes, and EKS. */
const awsClasses = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

const isOfAwsController = (spec: Field, annotations: Field) =>
    awsClasses.includes(spec.at("loadBalancerClass").text ?? "") ||
    ["external", "nlb-ip"].includes(annotations.at(`${aws}type`).text ?? "");

/** By the scheme, which wins over the older annotation; without either, AWS' controller makes it internal. */
function isInternalOfAws(spec: Field, annotations: Field): boolean {
    const [scheme, older] = [annotations.at(`${aws}scheme`), annotations.at(`${aws}internal`)];
    if (!scheme.absent) return scheme.value === "internal";
    if (!older.absent) return ["true", "0.0.0.0/0"].includes(older.scalar?.toLowerCase() ?? "");
    return isOfAwsController(spec, annotations);
}

/** Classes of load balancers that only a private network reaches: Tailscale's is for the members of the tailnet. */
const privateClasses = ["networking.gke.io/l4-regional-internal", "tailscale"];

export function isInternal(service: Field): boolean {
    const [spec, annotations] = [service.at("spec"), service.at("metadata", "annotations")];
    if (privateClasses.includes(spec.at("loadBalancerClass").text ?? "")) return true;
    if (isInternalOfAws(spec, annotations)) return true;
    return annotations.entries.some(([key, value]) => {
        const wanted = internal[key];
        if (wanted === undefined) return false;
        return wanted === "" ? !value.absent : value.scalar?.toLowerCase() === wanted;
    });
}

/** What makes the source ranges of a load balancer of AWS void: security groups of one's own decide, or none at all. */
export function voidsRanges(annotations: Field): Field | undefined {
    const groups = annotations.at(`${aws}security-groups`);
    if (!groups.absent) return groups;
    const disabled = annotations.at(`${aws}disable-nlb-sg`);
    return disabled.scalar === "true" ? disabled : undefined;
}

/** Annotations with the networks that may use the load balancer, as source ranges. */
const ranges = [
    "service.beta.kubernetes.io/load-balancer-source-ranges",
    "service.beta.kubernetes.io/azure-allowed-ip-ranges",
    "service.beta.kubernetes.io/do-loadbalancer-allow-rules",
];

/** The annotation with source ranges. */
export const annotatedRanges = (annotations: Field) =>
    ranges.map((key) => annotations.at(key)).find(({ text }) => text !== undefined);

/** The ranges in such an annotation; DigitalOcean says of each what it is: `cidr:203.0.113.0/24,ip:198.51.100.7`. */
export const rangesIn = (text: string) => text.split(",").map((range) => range.trim().replace(/^(?:cidr|ip):/, ""));

/** Firewalls and lists of networks that are kept at the provider, which count as source ranges; what their annotation must say. */
const keptElsewhere: Record<string, RegExp> = {
    [`${aws}security-group-prefix-lists`]: /./,
    "kubernetes.civo.com/firewall-id": /./,
    "service.beta.kubernetes.io/azure-allowed-service-tags": /^(?!.*\bInternet\b)./,
    "service.beta.kubernetes.io/linode-loadbalancer-firewall-acl": /^(?!.*\b0\.0\.0\.0\/0).*allowList/s,
    "service.beta.kubernetes.io/linode-loadbalancer-firewall-id": /./,
};

export const hasRangesElsewhere = (annotations: Field) =>
    Object.entries(keptElsewhere).some(([key, says]) => says.test(annotations.at(key).text ?? ""));

/** Annotations that give a load balancer a certificate, by which it ends TLS. */
const certificates = [
    "load-balancer.hetzner.cloud/http-certificates",
    "load-balancer.hetzner.cloud/http-managed-certificate-name",
    "loadbalancer.openstack.org/default-tls-container-ref",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
    "service.beta.kubernetes.io/do-loadbalancer-certificate-id",
    "service.beta.kubernetes.io/oci-load-balancer-tls-secret",
    "service.beta.kubernetes.io/scw-loadbalancer-certificate-ids",
];

export const hasCertificate = (annotations: Field) => certificates.some((name) => !annotations.at(name).absent);
