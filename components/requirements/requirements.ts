import * as helm from "@pulumi/kubernetes/helm/v4";
import { ownChart } from "../lib/chart";
import type { Cluster, Waited } from "../lib/scope";
import { ownedObject, owner } from "../namespace/owner";
import { agreements, requirements } from "../parts";
import { neededSecrets } from "../secrets/existing";

/**
 * Stops a preview and an update with one message, before anything is made: all else comes after what is returned. Only a provider can
 * ask the cluster that it is for, and in both alike; a chart is what it lets have a message of its own.
 */
export function createRequirements(cluster: Cluster): Waited {
    const { settings, child, options } = cluster;
    const chart = new helm.Chart(
        child("requirements"),
        {
            chart: ownChart("requirements"),
            name: "requirements",
            namespace: settings.namespace,
            values: {
                owner: owner(cluster),
                owned: ownedObject(settings),
                needed: requirements(settings),
                secrets: neededSecrets(settings),
                agreed: agreements(settings),
            },
        },
        options(),
    );
    return { ready: [chart] };
}
