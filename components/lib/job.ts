// Jobs that an update waits for. Their names end with a hash of what they are about: the same is not run again.
import * as batch from "@pulumi/kubernetes/batch/v1";
import type { batch as inputs } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Labels } from "./labels";
import type { Cluster, Waited } from "./scope";

/** A pod that its node was drained of, or that was lost with it, is replaced and counts as no failure. */
export const disrupted: inputs.v1.PodFailurePolicyRule = {
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
const madeAgain = { "pulumi.com/replaceUnready": "true" };

/**
 * The old goes before the new comes. Else, when the new Job fails and what it is about is taken back, the old Job would be created
 * under its old name while its deletion is still due, and be deleted after all.
 */
export const inTurn = { deleteBeforeReplace: true };

interface AwaitedJob {
    name: pulumi.Input<string>;
    labels?: Labels;
    /** Instead of the object's being taken over if it is there already. */
    takeover?: Labels;
    spec: pulumi.Input<inputs.v1.JobSpec | undefined>;
    /** What must be there before it runs. */
    ready: pulumi.Resource[];
    /** More than what the Job itself may take, where that is more than Pulumi's provider waits by itself. */
    createSeconds?: number;
}

/** A Job under the name `suffix` of the stack. Fails with the Job, whose log the error names. */
export function createAwaitedJob(
    { child, metadata, options }: Cluster,
    suffix: string,
    { name, labels, takeover, spec, ready, createSeconds }: AwaitedJob,
    more: pulumi.CustomResourceOptions = {},
): Waited {
    const job = new batch.Job(
        child(suffix),
        {
            metadata: { ...metadata("", { labels, takeover, annotations: madeAgain }), name },
            spec: spec as pulumi.Input<inputs.v1.JobSpec>,
        },
        options({
            ...inTurn,
            ...more,
            dependsOn: ready,
            ...(createSeconds ? { customTimeouts: { create: `${createSeconds}s` } } : {}),
        }),
    );
    return { ready: [job] };
}
