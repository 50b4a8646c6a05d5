// What annotations of a Service say of its load balancer.
import type { Field } from "../field";

/** Annotations that keep a load balancer inside the network, with their value; "" for any. */
const internal: Record<string, string> = {
    "cloud.google.com/load-balancer-type": "internal",
    "load-balancer.hetzner.cloud/disable-public-network": "true",
    "networking.gke.io/load-balancer-type": "internal",
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
    if (!older.absent) return ["true", "0.0.0.0/0"].includes(String(older.value).toLowerCase());
    return isOfAwsController(spec, annotations);
}

/** Classes of load balancers that only a private network reaches: Tailscale's is for the members of the tailnet. */
const privateClasses = ["tailscale"];

export function isInternal(service: Field): boolean {
    const [spec, annotations] = [service.at("spec"), service.at("metadata", "annotations")];
    if (privateClasses.includes(spec.at("loadBalancerClass").text ?? "")) return true;
    if (isInternalOfAws(spec, annotations)) return true;
    return annotations.entries.some(([key, value]) => {
        const wanted = internal[key];
        if (wanted === undefined) return false;
        return wanted === "" ? !value.absent : String(value.value).toLowerCase() === wanted;
    });
}

/** What makes the source ranges of a load balancer of AWS void: security groups of one's own decide, or none at all. */
export function voidsRanges(annotations: Field): Field | undefined {
    const groups = annotations.at(`${aws}security-groups`);
    if (!groups.absent) return groups;
    const disabled = annotations.at(`${aws}disable-nlb-sg`);
    return !disabled.absent && String(disabled.value) === "true" ? disabled : undefined;
}

/** Lists of networks that are kept at AWS, which count as source ranges. */
export const hasPrefixLists = (annotations: Field) => !annotations.at(`${aws}security-group-prefix-lists`).absent;

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
