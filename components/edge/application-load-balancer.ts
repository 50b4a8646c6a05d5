// What AWS Load Balancer Controller is told of the application load balancer that it makes for the Ingress. Pure.
import { names as app } from "../app/names";
import { albAction } from "../delivery/weights";
import { isSplit } from "../delivery/workload";
import type { Resolved } from "../parts";
import { type Annotations, type Decided, prefixed } from "./annotations";
import { check, tlsPolicy } from "./controllers";
import { strictTransport } from "./tls";

const prefix = "alb.ingress.kubernetes.io/";
const attributes = /^(?:load-balancer-attributes|target-group-attributes|listener-attributes\.HTTPS-443)$/;
/** With security groups of somebody's own, the controller ignores inbound-cidrs; lists of prefixes add to them. */
const single =
    /^(?:scheme|target-type|inbound-cidrs|security-groups|security-group-prefix-lists|listen-ports|certificate-arn|ssl-redirect|healthcheck-.+|(?:un)?healthy-threshold-count|success-codes|backend-protocol(?:-version)?|actions\.justdb-cloud)$/;

const named = (annotations: Annotations) => prefixed(prefix, annotations);

const matches = (pattern: RegExp) => (name: string) =>
    name.startsWith(prefix) && pattern.test(name.slice(prefix.length));

/** The redirect is said to the load balancer as a whole, and HSTS to its listener. */
function tls(s: Resolved): Annotations {
    const header = strictTransport(s);
    const hsts = `routing.http.response.strict_transport_security.header_value=${header}`;
    return {
        "certificate-arn": s.tlsCertificateArn,
        "ssl-redirect": "443",
        ...(header === "" ? {} : { "listener-attributes.HTTPS-443": hsts }),
    };
}

const healthCheck = {
    "healthcheck-path": "/health/ready",
    "healthcheck-interval-seconds": String(check.intervalSeconds),
    "healthcheck-timeout-seconds": "5",
    "healthy-threshold-count": String(check.answers),
    "unhealthy-threshold-count": String(check.answers),
    "success-codes": "200",
};

export function decided(s: Resolved): Decided {
    const isSecure = s.tlsCertificateArn !== "";
    return {
        values: named({
            scheme: s.loadBalancerScheme,
            // Straight to the pods: the Service stays inside the cluster, and the NetworkPolicy sees who calls.
            "target-type": "ip",
            "inbound-cidrs": s.loadBalancerSourceRanges.join(","),
            "listen-ports": JSON.stringify([{ HTTP: 80 }, ...(isSecure ? [{ HTTPS: 443 }] : [])]),
            ...healthCheck,
            "load-balancer-attributes": `idle_timeout.timeout_seconds=${s.requestTimeoutSeconds}`,
            // Requests in flight may end while the pod still serves.
            "target-group-attributes": `deregistration_delay.timeout_seconds=${s.drainSeconds}`,
            ...(isSecure ? tls(s) : {}),
            ...(isSplit(s) ? { [`actions.${app.app}`]: albAction } : {}),
        }),
        covers: (name) => matches(single)(name) || matches(attributes)(name),
        isList: matches(attributes),
    };
}

/** What somebody may say otherwise. The controller sends to pods by IPv6 only from a load balancer of both families. */
export const preferred = (s: Resolved): Annotations =>
    named({
        ...(s.tlsCertificateArn === "" ? {} : { "ssl-policy": tlsPolicy }),
        ...(s.ipFamilies === "IPv4" ? {} : { "ip-address-type": "dualstack" }),
    });
