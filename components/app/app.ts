import * as autoscaling from "@pulumi/kubernetes/autoscaling/v2";
import * as core from "@pulumi/kubernetes/core/v1";
import * as policy from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Scripts } from "../backup/scripts";
import { createRollout } from "../delivery/rollout";
import { isRollout, workloadKind } from "../delivery/workload";
import type { Cluster, Waited } from "../lib/scope";
import type { Resolved } from "../parts";
import { applicationYml } from "./application-yml";
import { createDeployment } from "./deployment";
import { appPods, names } from "./names";
import { appTemplate } from "./pods";
import type { Wiring } from "./wiring";

/** The app's pods. Ready when all of them are. */
export function createApp(cluster: Cluster, wiring: Wiring, scripts: Scripts): Waited {
    const yml = renderConfig(cluster, wiring);
    const config = createConfig(cluster, yml);
    const workload = createWorkload(cluster, wiring, scripts, yml, [config]);
    createAutoscaler(cluster, workload);
    createBudget(cluster);
    return workload;
}

/** What makes the pods. The other kind, where the strategy has changed, goes last: until then its pods serve too. */
function createWorkload(
    cluster: Cluster,
    wiring: Wiring,
    scripts: Scripts,
    yml: pulumi.Output<string>,
    own: pulumi.Resource[],
): Waited {
    const { secrets, credentials, storage, database, redis } = wiring;
    const before = [
        ...own,
        ...secrets.ready,
        ...credentials.ready,
        ...(storage.authority?.trustStore.ready ?? []),
        ...database.ready,
        ...redis.ready,
    ];
    const template = appTemplate(cluster, wiring, yml);
    return isRollout(cluster.settings)
        ? createRollout(cluster, scripts, template, before)
        : { ready: [createDeployment(cluster, template, before)] };
}

function renderConfig({ settings }: Cluster, { storage, database, redis }: Wiring): pulumi.Output<string> {
    const addresses = {
        jdbcUrl: database.jdbcUrl,
        redisHost: redis.host,
        redisPort: redis.port,
        redisUser: redis.user,
        redisTls: redis.tls,
        redisAuthorities: redis.authority?.file ?? "",
        bucket: storage.schemas.bucket,
        region: storage.schemas.region,
    };
    return pulumi.output(addresses).apply((known) => applicationYml(settings, known));
}

function createConfig({ child, metadata, options }: Cluster, yml: pulumi.Output<string>): core.ConfigMap {
    return new core.ConfigMap(
        child("config"),
        { metadata: metadata(names.config), data: { "application.yml": yml } },
        options(),
    );
}

function createAutoscaler({ settings, child, metadata, options }: Cluster, { ready }: Waited) {
    const target = (name: string, averageUtilization: number) => ({
        type: "Resource",
        resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    return new autoscaling.HorizontalPodAutoscaler(
        child("autoscaler"),
        {
            metadata: metadata(names.autoscaler, { labels: appPods.labels }),
            spec: {
                scaleTargetRef: { ...workloadKind(settings), name: names.app },
                minReplicas: settings.appReplicas,
                maxReplicas: settings.appMaxReplicas,
                metrics: [
                    target("cpu", settings.appCpuTargetPercent),
                    target("memory", settings.appMemoryTargetPercent),
                ],
                behavior: behavior(settings),
            },
        },
        options({ dependsOn: ready }),
    );
}

const perMinute = (type: "Pods" | "Percent", value: number) => ({ type, value, periodSeconds: 60 });

/**
 * Up by twice as many at the most: what Java does while it starts is no load that calls for still more pods. Down by few, so that those
 * that stay take over little by little.
 */
const behavior = ({ appScaleDownSeconds }: Resolved) => ({
    scaleUp: { stabilizationWindowSeconds: 0, policies: [perMinute("Pods", 2), perMinute("Percent", 100)] },
    scaleDown: {
        stabilizationWindowSeconds: appScaleDownSeconds,
        policies: [perMinute("Pods", 1), perMinute("Percent", 25)],
    },
});

function createBudget({ child, metadata, options }: Cluster) {
    return new policy.PodDisruptionBudget(
        child("budget"),
        {
            metadata: metadata(names.app, { labels: appPods.labels }),
            spec: {
                maxUnavailable: 1,
                selector: { matchLabels: appPods.labels },
                // A pod that is not ready serves nobody, and must not keep its node from being drained.
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            },
        },
        options(),
    );
}
