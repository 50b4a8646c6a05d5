import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import * as core from "@pulumi/kubernetes/core/v1";
import { appPods, appPort, names as app } from "../app/names";
import { inUseFirst } from "../edge/in-use";
import type { Cluster, Waited } from "../lib/scope";
import { ipFamilyPolicy } from "../lib/service";
import { names } from "./names";
import { isSplit, ledSelector } from "./workload";
import { traefikApi, weightedBackends } from "./weights";

/** Where a version is reached that is not the app's yet, beside the app's own Service. */
export function createServices(cluster: Cluster): Waited {
    const { settings } = cluster;
    if (settings.delivery === "blueGreen") return { ready: [createService(cluster, "preview", names.preview)] };
    if (!isSplit(settings)) return { ready: [] };
    const weighted = settings.canaryTraffic === "traefik" ? [createWeighted(cluster)] : [];
    return { ready: [createService(cluster, "canary", names.canary), ...weighted] };
}

function createService({ settings, child, metadata, options }: Cluster, suffix: string, name: string): core.Service {
    // It may have no pods yet. Pulumi would wait for them.
    const annotations = { "pulumi.com/skipAwait": "true" };
    return new core.Service(
        child(`${suffix}-service`),
        {
            metadata: metadata(name, { annotations }),
            spec: {
                type: "ClusterIP",
                selector: appPods.labels,
                ports: [{ name: "http", port: 80, targetPort: appPort, protocol: "TCP" }],
                ...ipFamilyPolicy(settings),
            },
        },
        options(ledSelector(settings)),
    );
}

/** Its weights are Argo Rollouts', once they are there. */
const createWeighted = ({ child, metadata, options }: Cluster) =>
    new apiextensions.CustomResource(
        child("weighted-service"),
        { ...traefikApi, metadata: metadata(app.app), spec: { weighted: { services: weightedBackends } } },
        options({ ...inUseFirst(), ignoreChanges: ["spec.weighted"] }),
    );
