import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../lib/labels";
import { restricted } from "../lib/pod";
import type { Cluster, Waited } from "../lib/scope";
import { demands } from "../parts";
import { names } from "./names";
import { owner, ownerAnnotation } from "./owner";
import { quota } from "./quota";

interface Namespace extends Waited {
    /** What refuses when the namespace belongs to another stack, or would be replaced. */
    owned: Waited;
    /** What a provider gives back of each object, whatever its cluster says: in a preview it is known if the provider is. */
    echo: pulumi.Output<string>;
}

/** The namespace with Pod Security Admission, and what may be used in it. Everything else in it comes after what is returned. */
export function createNamespace(cluster: Cluster): Namespace {
    const { settings, child, metadata } = cluster;
    const namespace = settings.createNamespace ? [createRestricted(cluster)] : [];
    const limitRange = new core.LimitRange(
        child("limits"),
        {
            metadata: metadata(names.limits, settings.createNamespace ? {} : { takeover: ownership(cluster) }),
            spec: {
                limits: [
                    {
                        type: "Container",
                        defaultRequest: { cpu: "50m", memory: "64Mi" },
                        default: { cpu: "500m", memory: "256Mi" },
                    },
                ],
            },
        },
        cluster.options({ dependsOn: namespace }),
    );
    const resourceQuota = new core.ResourceQuota(
        child("quota"),
        { metadata: metadata(names.quota), spec: { hard: quota(demands(settings)) } },
        cluster.options({ dependsOn: [...namespace, limitRange] }),
    );
    const owned = settings.createNamespace ? namespace : [limitRange];
    return {
        owned: { ready: owned },
        echo: limitRange.kind,
        ready: [...namespace, limitRange, resourceQuota],
    };
}

/**
 * Stands on the first object that is made, which alone is not taken over by force: what is another stack's, and would otherwise become
 * this one's, to be changed and deleted with it, is then a conflict.
 */
const ownership = (cluster: Cluster) => ({ [ownerAnnotation]: owner(cluster) });

/** Deleting a namespace deletes the database in it, so it is as stateful as the database. */
function createRestricted(cluster: Cluster): core.Namespace {
    const { settings, child, stateful } = cluster;
    return new core.Namespace(
        child("namespace"),
        {
            metadata: {
                name: settings.namespace,
                labels: { ...settings.objectLabels, ...labels, ...restricted },
                annotations: { ...settings.objectAnnotations, ...ownership(cluster) },
            },
        },
        stateful(),
    );
}
