import * as autoscaling from "@pulumi/kubernetes/autoscaling/v2";
import * as core from "@pulumi/kubernetes/core/v1";
import * as policy from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import { applicationYml } from "./application-yml";
import { createDeployment } from "./deployment";
import type { Context } from "./lib/context";
import { names, ports, selectors } from "./lib/names";
import type { Parts } from "./parts";

export function createApplication(context: Context, parts: Parts): core.Service {
    const yml = renderConfig(context, parts);
    const config = createConfig(context, yml);
    const account = createAccount(context);
    const deployment = createDeployment(context, parts, yml, [config, account]);
    createAutoscaler(context, deployment);
    createBudget(context);
    return createService(context, deployment);
}

function renderConfig({ settings }: Context, { storage, postgres, redis }: Parts): pulumi.Output<string> {
    const wiring = {
        jdbcUrl: postgres.jdbcUrl,
        redisHost: redis.host,
        redisPort: redis.port,
        redisTls: redis.tls,
        bucket: storage.schemas.bucket,
        region: storage.schemas.region,
    };
    return pulumi.output(wiring).apply((known) => applicationYml(settings, known));
}

function createConfig({ child, metadata, options }: Context, yml: pulumi.Output<string>): core.ConfigMap {
    return new core.ConfigMap(
        child("config"),
        { metadata: metadata(names.config), data: { "application.yml": yml } },
        options(),
    );
}

/** The app does not call the Kubernetes API. */
function createAccount({ child, metadata, options }: Context): core.ServiceAccount {
    return new core.ServiceAccount(
        child("account"),
        { metadata: metadata(names.app), automountServiceAccountToken: false },
        options(),
    );
}

function createService({ settings, child, metadata, options }: Context, deployment: pulumi.Resource): core.Service {
    const annotations = settings.serviceAnnotations;
    const balanced = {
        // Keeps the client's address, on which session affinity and the NetworkPolicy rely.
        externalTrafficPolicy: "Local",
        loadBalancerSourceRanges: settings.loadBalancerSourceRanges,
    };
    return new core.Service(
        child("service"),
        {
            metadata: metadata(names.app, { labels: selectors.app, annotations }),
            spec: {
                type: settings.serviceType,
                selector: selectors.app,
                ports: [{ name: "http", port: 80, targetPort: ports.app, protocol: "TCP" }],
                sessionAffinity: "ClientIP",
                ...(settings.serviceType === "LoadBalancer" ? balanced : {}),
            },
        },
        options({ dependsOn: deployment }),
    );
}

function createAutoscaler({ settings, child, metadata, options }: Context, deployment: pulumi.Resource) {
    const target = (name: string, averageUtilization: number) => ({
        type: "Resource",
        resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    return new autoscaling.HorizontalPodAutoscaler(
        child("autoscaler"),
        {
            metadata: metadata(names.autoscaler, { labels: selectors.app }),
            spec: {
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: names.app },
                minReplicas: settings.appReplicas,
                maxReplicas: settings.appMaxReplicas,
                metrics: [
                    target("cpu", settings.appCpuTargetPercent),
                    target("memory", settings.appMemoryTargetPercent),
                ],
                behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
            },
        },
        options({ dependsOn: deployment }),
    );
}

function createBudget({ child, metadata, options }: Context) {
    return new policy.PodDisruptionBudget(
        child("budget"),
        {
            metadata: metadata(names.app, { labels: selectors.app }),
            spec: {
                maxUnavailable: 1,
                selector: { matchLabels: selectors.app },
                // A pod that is not ready serves nobody, and must not keep its node from being drained.
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            },
        },
        options(),
    );
}
