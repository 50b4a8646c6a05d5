import { type Problem, shown } from "../config/error";
import type { JustDbCloudArgs, Key, Resolved } from "../parts";
import { speaksTls } from "./tls";

type Limit = "requestTimeoutSeconds" | "hstsSeconds" | "maxBodySize";

/** What each controller of Ingresses can be told. */
const abilities: Record<Resolved["ingressController"], Limit[]> = {
    traefik: ["hstsSeconds", "maxBodySize"],
    "aws-load-balancer-controller": ["requestTimeoutSeconds", "hstsSeconds"],
    other: [],
};

/** What is set and would have no effect: the controller cannot be told, or there is no TLS. */
export function abilityChecks(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const isIngress = s.edge === "ingress";
    const can: Limit[] = isIngress ? abilities[s.ingressController] : ["requestTimeoutSeconds", "hstsSeconds"];
    const where = isIngress ? `ingressController ${s.ingressController}` : `edge ${s.edge}`;
    const problem = (key: Limit, also: Key[], got: string, allowed: string): Problem => ({
        key,
        also,
        got: `${shown(s[key])}, ${got}`,
        allowed: `nothing: ${allowed}`,
        fix: `remove ${key}`,
    });
    // That maxBodySize is for an Ingress is said already.
    const limits: Limit[] = ["requestTimeoutSeconds", "hstsSeconds", ...(isIngress ? ["maxBodySize" as const] : [])];
    return limits
        .filter((key) => chosen[key] !== undefined)
        .flatMap((key) => {
            if (!can.includes(key)) {
                return [problem(key, ["edge", "ingressController"], `with ${where}`, "it cannot be told so")];
            }
            if (key !== "hstsSeconds" || speaksTls(s)) return [];
            return [problem(key, ["allowPlainHttp", "edge"], "without TLS", "it is about HTTPS only")];
        });
}
