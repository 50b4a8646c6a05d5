import { type Problem, shown } from "../config/error";
import { onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Resolved } from "../parts";
import { isApplicationLoadBalancer } from "../edge/way";
import { isJudged } from "./analysis";
import type { CanaryTraffic } from "./args";
import { steps } from "./steps";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...unread(s, chosen),
    ...(s.delivery === "canary" ? [...ascending(s), ...traffic(s)] : []),
    ...(s.delivery === "blueGreen" ? switched(s) : []),
];

/** What the delivery does not read. */
function unread(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const only = (needed: string, isRead: boolean, ...keys: Parameters<typeof onlyFor>[4]) =>
        isRead ? [] : onlyFor(s, chosen, "delivery", needed, keys);
    return [
        ...only("canary", s.delivery === "canary", "canarySteps", "canaryTraffic"),
        ...only("blueGreen", s.delivery === "blueGreen", "blueGreenPromotion", "blueGreenAnalysisSeconds"),
        ...unjudged(s, chosen),
        ...only(
            "canary or blueGreen",
            s.delivery !== "rolling",
            "deliveryTimeoutSeconds",
            "analysisPrometheus",
            "analysisMaxErrorPercent",
            "analysisMaxP95Milliseconds",
            "analysisMinRequests",
        ),
    ];
}

function ascending(s: Resolved): Problem[] {
    const percents = steps(s).map(({ percent }) => percent);
    if (percents.every((percent, index) => index === 0 || percent > percents[index - 1]!)) return [];
    return [
        {
            key: "canarySteps",
            got: shown(s.canarySteps),
            allowed: "shares that grow from step to step",
            fix: "put them in order, each percentage once",
        },
    ];
}

/** How a version is judged, where nobody judges it. */
function unjudged(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const keys = [
        ...(s.delivery === "blueGreen" ? ["blueGreenAnalysisSeconds" as const] : []),
        "analysisMaxErrorPercent" as const,
        "analysisMaxP95Milliseconds" as const,
        "analysisMinRequests" as const,
    ];
    if (isJudged(s) || s.delivery === "rolling") return [];
    return keys
        .filter((key) => chosen[key] !== undefined)
        .map((key) => ({
            key,
            also: ["analysisPrometheus"],
            got: `${shown(s[key])}, without analysisPrometheus`,
            allowed: "nothing: it says how a version is judged",
            fix: `remove ${key}, or set analysisPrometheus`,
        }));
}

/** Which edge splits requests for whom. */
function traffic(s: Resolved): Problem[] {
    const needed: Record<CanaryTraffic, [isThere: boolean, settings: string]> = {
        pods: [true, ""],
        gatewayApi: [s.edge === "gateway", "edge gateway"],
        traefik: [s.edge === "gateway", "edge gateway, with Traefik as the gateway"],
        alb: [isApplicationLoadBalancer(s), "edge ingress and ingressController aws-load-balancer-controller"],
    };
    const [isThere, settings] = needed[s.canaryTraffic];
    if (isThere) return [];
    return [
        {
            key: "canaryTraffic",
            also: ["edge", "ingressController"],
            got: `${s.canaryTraffic}, with edge ${s.edge}`,
            allowed: settings,
            fix: "set canaryTraffic to pods, or the edge to that",
        },
    ];
}

/** A load balancer that counts nodes, or has a list of pods of its own, has none of the new ones when all requests are theirs. */
function switched(s: Resolved): Problem[] {
    if (s.edge !== "loadBalancer" && !isApplicationLoadBalancer(s)) return [];
    return [
        {
            key: "delivery",
            also: ["edge", "ingressController"],
            got: `blueGreen, with ${s.edge === "loadBalancer" ? "edge loadBalancer" : "an application load balancer"}`,
            allowed:
                "canary or rolling: such a load balancer learns of the new pods only after the switch, and loses requests",
            fix: "set delivery to canary, or edge to gateway",
        },
    ];
}
