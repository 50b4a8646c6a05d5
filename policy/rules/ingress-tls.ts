import type { Field } from "../lib/field";
import { covers, ingresses } from "../lib/kubernetes/ingress";
import type { Judge } from "../lib/judge";
import { isOf, type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import type { ResourceRule } from "../lib/rule";
import { anyOf, orUnknown, settled, type Verdict } from "../lib/verdict";

/** Annotations by which controllers take certificates other than from spec.tls, for every host. */
const certificates = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
];
const listeners = "alb.ingress.kubernetes.io/listen-ports";

function hasCertificates({ fields }: KubernetesObject): boolean {
    const annotations = fields.at("metadata", "annotations");
    if (certificates.some((key) => !annotations.at(key).absent)) return true;
    // The controller looks up the certificates by the hosts of the rules.
    return annotations.at(listeners).text?.includes("HTTPS") ?? false;
}

/** Whether an entry of spec.tls is for the host. One without hosts is for the hosts of its certificate, which a rule does not see. */
const secures = (entry: Field, host: string): Verdict =>
    orUnknown(() => {
        const hosts = entry.at("hosts").items;
        if (hosts.length === 0) return true;
        return settled(anyOf(hosts.map((one) => orUnknown(() => covers(one.text ?? "", host, "one")))));
    });

function checkIngress(ingress: KubernetesObject, judge: Judge): void {
    if (hasCertificates(ingress)) return;
    const tls = ingress.fields.at("spec", "tls");
    if (tls.absent) return judge.missing(ingress, tls, "is absent; each host needs a certificate");
    const entries = tls.items;
    if (entries.length === 0) return judge.wrong(tls, "is empty; each host needs a certificate");
    judge.each(ingress.fields.at("spec", "rules").items, (rule) => {
        const host = rule.at("host");
        // ingress-host speaks of a rule without a host; here it is enough that there is a certificate at all.
        if (!host.text || settled(anyOf(entries.map((entry) => secures(entry, host.text!))))) return;
        judge.wrong(host, "is not among the hosts of spec.tls; it needs a certificate");
    });
}

const protocolIs = (listener: Field, ...protocols: string[]) => protocols.includes(listener.at("protocol").text ?? "");

/** Whether a listener takes the host by HTTPS or TLS. One without a hostname takes every host. */
const takes = (listener: Field, host: string): Verdict =>
    orUnknown(() => {
        if (!protocolIs(listener, "HTTPS", "TLS")) return false;
        const { text } = listener.at("hostname");
        return !text || host === "" || covers(text, host, "any");
    });

function checkGateway(gateway: KubernetesObject, judge: Judge): void {
    const all = gateway.fields.at("spec", "listeners").items;
    judge.each(all, (listener) => {
        if (!protocolIs(listener, "HTTP")) return;
        const host = listener.at("hostname").text ?? "";
        if (settled(anyOf(all.map((other) => takes(other, host))))) return;
        const problem = "is HTTP, without a listener for HTTPS of the same hostname";
        judge.missing(gateway, listener.at("protocol"), problem);
    });
}

export const ingressTls: ResourceRule = {
    name: "ingress-tls",
    description: "Each host of an Ingress has a certificate, and no Gateway listens for plain HTTP alone.",
    severity: "high",
    level: "mandatory",
    references: ["Kyverno require-ingress-https", "C-0263"],
    remediation:
        "Name every host of the Ingress in spec.tls[].hosts, with the Secret of its certificate. Give a Gateway a listener for HTTPS; one " +
        "for HTTP beside it may redirect to it.",
    check: (resource, judge) =>
        judge.each(objectsOf(resource), (object) => {
            if (ingresses.some((family) => isOf(object, family))) checkIngress(object, judge);
            else if (isOf(object, { kind: "Gateway", groups: ["gateway.networking.k8s.io"] }))
                checkGateway(object, judge);
        }),
};
