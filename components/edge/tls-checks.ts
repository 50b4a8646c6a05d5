import type { Problem } from "../config/error";
import { isSet, notBoth } from "../config/problems";
import type { Key, Resolved } from "../parts";
import { isOfAws } from "./controllers";
import { speaksTls } from "./tls";
import { isApplicationLoadBalancer } from "./way";

const certificates: Key[] = ["tlsSecret", "tlsIssuer", "tlsCertificateArn"];

export const tlsChecks = (s: Resolved): Problem[] => [...atMostOne(s), ...whoCan(s), ...plain(s)];

/** One certificate, or the word that there is none. */
function atMostOne(s: Resolved): Problem[] {
    const [first, second] = [...certificates, "allowPlainHttp" as const].filter((key) => isSet(s[key]));
    return first && second ? notBoth(s, first, second) : [];
}

/** A load balancer of AWS has certificates of AWS, and nobody else has. */
function whoCan(s: Resolved): Problem[] {
    const isAlb = isApplicationLoadBalancer(s);
    const refused = (keys: Key[], allowed: string, fix: string) =>
        keys
            .filter((key) => isSet(s[key]))
            .map((key): Problem => ({
                key,
                also: ["edge", "loadBalancerController", "ingressController"],
                got: `${key}, with edge ${s.edge}`,
                allowed,
                fix,
            }));
    if (isAlb) {
        const allowed = "nothing: an application load balancer takes certificates of AWS Certificate Manager only";
        return refused(["tlsSecret", "tlsIssuer"], allowed, "remove it, and set tlsCertificateArn");
    }
    const takes = isOfAws(s) || s.edge === "none";
    const allowed = "nothing: it is for a load balancer of AWS, of a Service or of AWS Load Balancer Controller";
    const fix = s.edge === "loadBalancer" ? "remove it" : "remove it, and set tlsSecret or tlsIssuer";
    return takes ? [] : refused(["tlsCertificateArn"], allowed, fix);
}

/** Whether plain HTTP stays inside: in the cluster, or in the network behind an internal load balancer of AWS. */
function staysInside(s: Resolved): boolean {
    if (s.edge !== "loadBalancer") return s.edge === "none";
    return isOfAws(s) && s.loadBalancerScheme === "internal";
}

function plain(s: Resolved): Problem[] {
    if (speaksTls(s) || s.allowPlainHttp || staysInside(s)) return [];
    const setting =
        s.edge === "loadBalancer" || isApplicationLoadBalancer(s) ? "tlsCertificateArn" : "tlsSecret or tlsIssuer";
    const unknown = s.edge === "loadBalancer" && s.loadBalancerController === "other";
    return [
        {
            key: "allowPlainHttp",
            also: [...certificates, "edge", "loadBalancerController", "loadBalancerScheme", "gatewayName"],
            got: `no certificate, with edge ${s.edge}`,
            allowed: `${unknown ? "true" : setting}: else everybody on the way could read tokens and schemas`,
            fix: unknown
                ? "set it to true if the load balancer is internal, or ends TLS by its annotations"
                : `set ${setting}; or set allowPlainHttp to true`,
        },
    ];
}
