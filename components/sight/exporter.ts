import type * as inputs from "@pulumi/kubernetes/types/input";
import type { PodKind } from "../lib/flow";

/** Of the Deployment of what tells metrics of something else: one pod. */
export const exporterSpec = (
    pods: PodKind,
    template: inputs.core.v1.PodTemplateSpec,
): inputs.apps.v1.DeploymentSpec => ({
    replicas: 1,
    // Two would tell everything twice.
    strategy: { type: "Recreate" },
    selector: { matchLabels: pods.labels },
    template,
});
