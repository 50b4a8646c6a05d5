// How long a delivery may take, and how many pods it makes. Pure.
import { mostPods, progressSeconds, rolloutSeconds } from "../app/rollout";
import type { Resolved } from "../parts";
import { isJudged } from "./analysis";
import { steps } from "./steps";
import { isRollout } from "./workload";

/** From a change to its being seen, and from the end of a step to the next. */
const slackSeconds = 60;

/** How long the new pods are judged, or get a share of the requests, after they are ready. */
function trialSeconds(s: Resolved): number {
    if (s.delivery === "canary") return steps(s).reduce((sum, { seconds }) => sum + seconds + slackSeconds, 0);
    return isJudged(s) ? 2 * (s.blueGreenAnalysisSeconds + slackSeconds) : 0;
}

/** How long a delivery may stand still. A step of a canary is no stand-still for Argo Rollouts, an analysis of blue-green is. */
export const standstillSeconds = (s: Resolved) =>
    progressSeconds(s) + (s.delivery === "blueGreen" && isJudged(s) ? s.blueGreenAnalysisSeconds : 0);

/** How long a new version may take until it serves all, while nobody is waited for. */
export const deliverySeconds = (s: Resolved) => rolloutSeconds(s) + trialSeconds(s) + slackSeconds;

/** The app's pods at once. Under Argo Rollouts, all new ones may be there beside all old ones. */
export const fleets = (s: Resolved) => mostPods(s) + (isRollout(s) ? s.appMaxReplicas : 0);
