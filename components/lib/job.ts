// Metadata, spec and options of Jobs that an update waits for. Their names end with a hash of what they are about: the same is not run again.
import type { batch } from "@pulumi/kubernetes/types/input";
import type { Labels } from "./labels";

/** A pod that its node was drained of, or that was lost with it, is replaced and counts as no failure. */
export const disrupted: batch.v1.PodFailurePolicyRule = {
    action: "Ignore",
    onPodConditions: [{ type: "DisruptionTarget", status: "True" }],
};

/**
 * Of the pod of every Job. It has no PodDisruptionBudget, and an autoscaler that tidies up its nodes would end it in the middle. Karpenter
 * asks the first, the Cluster Autoscaler the second.
 */
export const undisturbed: Labels = {
    "karpenter.sh/do-not-disrupt": "true",
    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
};

/**
 * The script tries again by itself, and ends when that is useless. Pulumi's provider takes a Job as failed when its back-off limit or its
 * deadline is exceeded, and for no other reason: for one that the rule FailJob ended it would wait until time is up.
 */
export const triedOnce = { backoffLimit: 0, podFailurePolicy: { rules: [disrupted] } };

/** One that failed is deleted and made again by the next update, which would wait for it for ever otherwise. */
export const madeAgain = { "pulumi.com/replaceUnready": "true" };

/**
 * The old goes before the new comes. Else, when the new Job fails and what it is about is taken back, the old Job would be created
 * under its old name while its deletion is still due, and be deleted after all.
 */
export const inTurn = { deleteBeforeReplace: true };
