// How the app's pods come and go. Pure.
import { isOutside, type Way } from "../edge/way";
import type { Resolved } from "../parts";

type Scale = Pick<Resolved, "appMaxReplicas" | "appReadinessDelaySeconds" | "drainSeconds"> & Way;

/** How long requests in flight may take to end. */
export const shutdownSeconds = 30;
/** When a pod that ends is killed: first nothing sends requests to it any more, and then those in flight end. */
export const terminationSeconds = (s: Scale) => s.drainSeconds + shutdownSeconds + 5;
/**
 * How long a pod must be ready until it counts, and an old one ends. A load balancer sees the new one's node come as late as it sees the
 * old one's go: without the wait, an only pod that moves to another node would leave it with no node at all.
 */
export const minReadySeconds = (s: Scale) => (isOutside(s) ? s.drainSeconds : 5);

/** How long the next pod may take to become ready: the image is fetched, and Java starts. */
export const progressSeconds = (s: Scale) => s.appReadinessDelaySeconds + 600;

/** How long a rolling update of all pods may take, one after the other. */
export const rolloutSeconds = (s: Scale) =>
    progressSeconds(s) + s.appMaxReplicas * (s.appReadinessDelaySeconds + 25 + minReadySeconds(s));

/** Pods at once: the autoscaler's most, one more of a rolling update, and those that still end while their successors start. */
export function mostPods(s: Scale): number {
    const ending = Math.ceil(terminationSeconds(s) / (s.appReadinessDelaySeconds + minReadySeconds(s)));
    return s.appMaxReplicas + 1 + Math.min(ending, s.appMaxReplicas);
}
