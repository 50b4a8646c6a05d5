import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { appPods, names } from "../app/names";
import type { appTemplate } from "../app/pods";
import { minReadySeconds } from "../app/rollout";
import type { Scripts } from "../backup/scripts";
import { checksum } from "../lib/checksum";
import type { Cluster, Waited } from "../lib/scope";
import { forced } from "../lib/takeover";
import { createAnalysis, isJudged } from "./analysis";
import { createDelivered } from "./delivered";
import { strategy } from "./strategy";
import { standstillSeconds } from "./times";
import { rolloutKind } from "./workload";

/**
 * A deletion does not wait for the pods: until the Rollout is gone, a Service that sends to its pods alone keeps doing so, also when they
 * all end.
 */
const inBackground = { "pulumi.com/deletionPropagationPolicy": "background" };

/** The app's pods, made by Argo Rollouts. Ready when the newest version serves all. */
export function createRollout(
    cluster: Cluster,
    scripts: Scripts,
    template: ReturnType<typeof appTemplate>,
    ready: pulumi.Resource[],
): Waited {
    const { settings, child, metadata, options } = cluster;
    const spec = {
        revisionHistoryLimit: 5,
        minReadySeconds: minReadySeconds(settings),
        progressDeadlineSeconds: standstillSeconds(settings),
        selector: { matchLabels: appPods.labels },
        strategy: strategy(settings),
        template,
    };
    const analysis = isJudged(settings) ? [createAnalysis(cluster)] : [];
    const rollout = new apiextensions.CustomResource(
        child("rollout"),
        {
            ...rolloutKind,
            metadata: metadata(names.app, { labels: appPods.labels, takeover: forced, annotations: inBackground }),
            spec: { replicas: settings.appReplicas, ...spec },
        },
        options({
            dependsOn: [...ready, ...analysis],
            // The autoscaler decides after the first deployment.
            ignoreChanges: ["spec.replicas"],
        }),
    );
    // The hash of a hash gives no secret away.
    const newest = pulumi.unsecret(pulumi.output(spec).apply((known) => checksum(JSON.stringify(known))));
    return createDelivered(cluster, scripts, newest, [rollout]);
}
