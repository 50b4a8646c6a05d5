// How Argo Rollouts brings a new version to all requests: the strategy of its Rollout. Pure.
import { names as app } from "../app/names";
import { names as edge } from "../edge/names";
import type { Resolved } from "../parts";
import { analysis, isJudged } from "./analysis";
import { names } from "./names";
import { steps } from "./steps";
import { isSplit } from "./workload";

/** How long the old pods stay after the last request was sent to them: until that is known everywhere. */
const staySeconds = ({ drainSeconds }: Resolved) => Math.max(30, drainSeconds);

export const strategy = (s: Resolved): object =>
    s.delivery === "blueGreen" ? { blueGreen: blueGreen(s) } : { canary: canary(s) };

/** After the switch the old pods stay until the new ones are found good on all requests: it can be taken back in a moment. */
function blueGreen(s: Resolved): object {
    const isAutomatic = s.blueGreenPromotion === "automatic";
    const judgement = analysis(s.blueGreenAnalysisSeconds);
    return {
        activeService: app.app,
        previewService: names.preview,
        autoPromotionEnabled: isAutomatic,
        ...(isJudged(s) && isAutomatic ? { prePromotionAnalysis: judgement } : {}),
        ...(isJudged(s) ? { postPromotionAnalysis: judgement } : {}),
        scaleDownDelaySeconds: staySeconds(s) + (isJudged(s) ? 2 * s.blueGreenAnalysisSeconds : 0),
    };
}

/** Where a version is judged, a step lasts as long as its analysis. */
const canary = (s: Resolved): object => ({
    maxSurge: 1,
    maxUnavailable: 0,
    ...(isSplit(s)
        ? {
              stableService: app.app,
              canaryService: names.canary,
              trafficRouting: trafficRouting(s),
              scaleDownDelaySeconds: staySeconds(s),
          }
        : {}),
    steps: steps(s).flatMap(({ percent, seconds }) => [
        { setWeight: percent },
        isJudged(s) ? { analysis: analysis(seconds) } : { pause: { duration: `${seconds}s` } },
    ]),
});

/** Who splits the requests, by an object of the edge. */
function trafficRouting(s: Resolved): object {
    switch (s.canaryTraffic) {
        case "gatewayApi":
            return { plugins: { "argoproj-labs/gatewayAPI": { httpRoute: edge.edge, namespace: s.namespace } } };
        case "traefik":
            return { traefik: { weightedTraefikServiceName: app.app } };
        case "alb":
            return { alb: { ingress: edge.edge, servicePort: 80 } };
        case "pods":
            return {};
    }
}
