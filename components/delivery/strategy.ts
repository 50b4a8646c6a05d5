// How Argo Rollouts brings a new version to all requests: the strategy of its Rollout. Pure.
import type { Resolved } from "../parts";
import { analysis, isJudged } from "./analysis";
import { steps } from "./steps";

export const strategy = (s: Resolved): object => ({ canary: canary(s) });

/** Where a version is judged, a step lasts as long as its analysis. */
const canary = (s: Resolved): object => ({
    maxSurge: 1,
    maxUnavailable: 0,
    steps: steps(s).flatMap(({ percent, seconds }) => [
        { setWeight: percent },
        isJudged(s) ? { analysis: analysis(seconds) } : { pause: { duration: `${seconds}s` } },
    ]),
});
