// What annotations of a Service say of its load balancer.
import type { Field } from "../field";

/** Annotations that keep a load balancer inside the network, with their value; "" for any. */
const internal: Record<string, string> = {
    "cloud.google.com/load-balancer-type": "internal",
    "load-balancer.hetzner.cloud/disable-public-network": "true",
    "networking.gke.io/load-balancer-type": "internal",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": "intranet",
    "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
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

export function isInternal(annotations: Field): boolean {
    return annotations.entries.some(([key, value]) => {
        const wanted = internal[key];
        if (wanted === undefined) return false;
        return wanted === "" ? !value.absent : String(value.value).toLowerCase() === wanted;
    });
}

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
