import * as pulumi from "@pulumi/pulumi";
import { names as app } from "../app/names";
import { type Operation, operationJob, type Variable } from "../backup/operation";
import type { Scripts } from "../backup/scripts";
import { createAwaitedJob } from "../lib/job";
import { createRights } from "../lib/rights";
import type { Cluster, Waited } from "../lib/scope";
import { deliveredPods, names } from "./names";
import { deliverySeconds } from "./times";

/** What Kubernetes writes on each pod of a Job. */
const ownJob = (name: string, label: string): Variable => ({
    name,
    valueFrom: { fieldRef: { fieldPath: `metadata.labels['batch.kubernetes.io/${label}']` } },
});

/**
 * Waits until Argo Rollouts has brought the newest version to all requests, and fails with the reason when it took it back: Pulumi itself
 * takes a Rollout as done when it is written. There is a new Job for each new `checksum`.
 */
export function createDelivered(
    cluster: Cluster,
    scripts: Scripts,
    checksum: pulumi.Output<string>,
    ready: pulumi.Resource[],
): Waited {
    const { settings } = cluster;
    const rights = createRights(cluster, "delivered", names.delivered, [
        { apiGroups: ["argoproj.io"], resources: ["rollouts"], resourceNames: [app.app], verbs: ["get"] },
        { apiGroups: ["argoproj.io"], resources: ["analysisruns"], verbs: ["list"] },
        { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
        { apiGroups: [""], resources: ["events"], verbs: ["create"] },
    ]);
    const patience = deliverySeconds(settings);
    const most = patience + settings.deliveryTimeoutSeconds + 300;
    const operation: Operation = {
        name: names.delivered,
        pods: deliveredPods,
        callsKubernetes: true,
        command: ["python3", "/operations/delivered.py"],
        bucketVariables: [],
        variables: [
            { name: "ROLLOUT", value: app.app },
            { name: "PATIENCE_SECONDS", value: String(patience) },
            { name: "PROMOTION_SECONDS", value: String(settings.deliveryTimeoutSeconds) },
            ownJob("JOB", "job-name"),
            ownJob("JOB_UID", "controller-uid"),
        ],
        ready: [],
    };
    const { spec } = operationJob(cluster, operation, { endsAfterSeconds: most });
    return createAwaitedJob(cluster, "delivered", {
        name: pulumi.interpolate`${names.delivered}-${checksum}`,
        spec,
        ready: [...rights.ready, ...scripts.ready, ...ready],
        createSeconds: most,
    });
}
