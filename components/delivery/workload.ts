// What makes the app's pods, and who sends requests to which of them. Pure.
import type { Annotations } from "../edge/annotations";
import type { Resolved } from "../parts";

type Way = Pick<Resolved, "delivery" | "canaryTraffic">;

export const rolloutKind = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" } as const;

export const isRollout = ({ delivery }: Pick<Resolved, "delivery">) => delivery !== "rolling";

export const workloadKind = (s: Pick<Resolved, "delivery">) =>
    isRollout(s) ? rolloutKind : ({ apiVersion: "apps/v1", kind: "Deployment" } as const);

/** Whether a canary gets its share of the requests by the edge. */
export const isSplit = ({ delivery, canaryTraffic }: Way) => delivery === "canary" && canaryTraffic !== "pods";

/** Whether Argo Rollouts says to which pods a Service sends. It does nothing until it is there. */
export const isLed = (s: Way) => s.delivery === "blueGreen" || isSplit(s);

/** For a Service that it leads: which pods it has chosen stays. */
export const ledSelector = (s: Way) => (isLed(s) ? { ignoreChanges: ["spec.selector"] } : {});

/**
 * For the app's Service, where it leads it. When it does no more the annotation goes, and by that change Pulumi writes the selector as a
 * whole: before the Rollout is deleted, and its pods end.
 */
export const ledAnnotation = (s: Way): Annotations => (isLed(s) ? { "justdb.cloud/selector": "argo-rollouts" } : {});
