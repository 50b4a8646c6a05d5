import * as apps from "@pulumi/kubernetes/apps/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../lib/scope";
import { forced } from "../lib/takeover";
import { appPods, names } from "./names";
import type { appTemplate } from "./pods";
import { minReadySeconds, progressSeconds, rolloutSeconds } from "./rollout";

export function createDeployment(
    { settings, child, metadata, options }: Cluster,
    template: ReturnType<typeof appTemplate>,
    ready: pulumi.Resource[],
): apps.Deployment {
    const rollout = `${rolloutSeconds(settings)}s`;
    return new apps.Deployment(
        child("deployment"),
        {
            metadata: metadata(names.app, { labels: appPods.labels, takeover: forced }),
            spec: {
                replicas: settings.appReplicas,
                revisionHistoryLimit: 5,
                minReadySeconds: minReadySeconds(settings),
                progressDeadlineSeconds: progressSeconds(settings),
                strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                selector: { matchLabels: appPods.labels },
                template,
            },
        },
        options({
            dependsOn: ready,
            // The provider's own ten minutes are too short for many pods, one after the other.
            customTimeouts: { create: rollout, update: rollout },
            // The autoscaler decides after the first deployment.
            ignoreChanges: ["spec.replicas"],
        }),
    );
}
