import type { Field } from "../lib/field";
import type { Judge } from "../lib/judge";
import { gateways, listenersOf, protocolIs, takesListenerSets, takesSecurely } from "../lib/kubernetes/gateway";
import { covers, ingresses } from "../lib/kubernetes/ingress";
import { hasCertificate, isInternal } from "../lib/kubernetes/load-balancer";
import { isOf, type KubernetesObject, objectsOf } from "../lib/kubernetes/objects";
import type { ResourceRule } from "../lib/rule";
import { anyOf, orUnknown, settled, type Verdict } from "../lib/verdict";

/** Annotations by which controllers take certificates other than from spec.tls, for every host. */
const certificates = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "oci-native-ingress.oraclecloud.com/certificate-ocid",
];
/** Traefik takes the host by TLS alone, with a certificate of its own configuration. */
const traefik = "traefik.ingress.kubernetes.io/router.tls";
const listeners = "alb.ingress.kubernetes.io/listen-ports";

function hasCertificates({ fields }: KubernetesObject): boolean {
    const annotations = fields.at("metadata", "annotations");
    // Each of its options, such as the resolver of certificates or their domains, turns it on as well.
    const keys = annotations.entries.map(([key]) => key);
    if (annotations.at(traefik).text === "true" || keys.some((key) => key.startsWith(`${traefik}.`))) return true;
    // Where it listens for HTTPS, and only there, it takes a certificate, or looks one up by the hosts of the rules.
    const ports = annotations.at(listeners).text;
    return ports?.includes("HTTPS") ?? certificates.some((key) => !annotations.at(key).absent);
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

/** ListenerSets may give a Gateway listeners for HTTPS: stack-plain-http looks at all of them together. */
function checkListeners(gateway: KubernetesObject, judge: Judge): void {
    if (takesListenerSets(gateway)) return;
    const all = listenersOf(gateway);
    judge.each(all, (listener) => {
        if (!protocolIs(listener, "HTTP")) return;
        const host = listener.at("hostname").text ?? "";
        if (settled(anyOf(all.map((other) => takesSecurely(other, host))))) return;
        const problem = "is HTTP, without a listener for HTTPS of the same hostname";
        judge.missing(gateway, listener.at("protocol"), problem);
    });
}

/** A port of a Service by its own words, or by what the number stands for. */
function speaks(port: Field, protocols: string[], names: RegExp, numbers: number[]): boolean {
    const protocol = port.at("appProtocol").text;
    if (protocol !== undefined) return protocols.includes(protocol);
    return names.test(port.at("name").text ?? "") || numbers.includes(port.at("port").number);
}

const isSecure = (port: Field) =>
    speaks(port, ["https", "kubernetes.io/wss", "tls"], /^(?:https|tls|wss)\b/, [443, 8443]);
const isPlain = (port: Field) =>
    !isSecure(port) && speaks(port, ["http", "kubernetes.io/h2c", "kubernetes.io/ws"], /^http\b/, [80, 8080]);

/** Of plain HTTP beside HTTPS a rule cannot see whether it does more than to redirect. */
function checkService({ fields, patch }: KubernetesObject, judge: Judge): void {
    const spec = fields.at("spec");
    if (spec.at("type").text !== "LoadBalancer") return;
    if (isInternal(fields) || hasCertificate(fields.at("metadata", "annotations"))) return;
    const ports = spec.at("ports").items;
    if (settled(anyOf(ports.map((port) => orUnknown(() => isSecure(port)))))) return;
    judge.each(ports, (port) => {
        if (!isPlain(port)) return;
        const problem =
            "is plain HTTP, open to the internet; give the load balancer a certificate, or make it internal";
        judge.missing({ patch }, port.at("port"), problem);
    });
}

export const ingressTls: ResourceRule = {
    name: "ingress-tls",
    description:
        "Each host of an Ingress has a certificate, and neither a Gateway nor a load balancer that is open to the internet takes plain " +
        "HTTP alone.",
    severity: "high",
    level: "mandatory",
    references: ["C-0263"],
    remediation:
        "Name every host of the Ingress in spec.tls[].hosts, with the Secret of its certificate. Give a Gateway a listener for " +
        "HTTPS; one for HTTP beside it may redirect to it. Give a load balancer a certificate by its annotation, or make it internal.",
    check: (resource, judge) =>
        judge.each(objectsOf(resource), (object) => {
            if (ingresses.some((family) => isOf(object, family))) checkIngress(object, judge);
            else if (isOf(object, gateways)) checkListeners(object, judge);
            else if (isOf(object, { kind: "Service", groups: [""] })) checkService(object, judge);
        }),
};
