// How the app's pods come and go. Pure.

interface Scale {
    appMaxReplicas: number;
    appReadinessDelaySeconds: number;
}

/** How long a pod that ends still serves, until every node has stopped sending requests to it. */
export const drainSeconds = 10;
/** How long requests in flight may take to end. */
export const shutdownSeconds = 30;
/** When a pod that ends is killed. */
export const terminationSeconds = drainSeconds + shutdownSeconds + 5;
/** How long a pod must be ready until it counts. */
export const minReadySeconds = 5;

/** How long the next pod may take to become ready: the image is fetched, and Java starts. */
export const progressSeconds = (s: Scale) => s.appReadinessDelaySeconds + 600;

/** How long a rolling update of all pods may take, one after the other. */
export const rolloutSeconds = (s: Scale) => progressSeconds(s) + s.appMaxReplicas * (s.appReadinessDelaySeconds + 30);

/** Pods at once: the autoscaler's most, one more of a rolling update, and those that still end while their successors start. */
export function mostPods(s: Scale): number {
    const ending = Math.ceil(terminationSeconds / (s.appReadinessDelaySeconds + minReadySeconds));
    return s.appMaxReplicas + 1 + Math.min(ending, s.appMaxReplicas);
}
