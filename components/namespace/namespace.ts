import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { labels } from "../lib/labels";
import { restricted } from "../lib/pod";
import type { Cluster, Waited } from "../lib/scope";
import { demands } from "../parts";
import { quota } from "./quota";

interface Namespace extends Waited {
    /** What refuses when the namespace belongs to another stack, or would be replaced. */
    owned: Waited;
}

/** The namespace with Pod Security Admission, and what may be used in it. Everything else in it comes after what is returned. */
export function createNamespace(cluster: Cluster): Namespace {
    const { settings, child, metadata } = cluster;
    const namespace = settings.createNamespace ? [createRestricted(cluster)] : [];
    const limits = cluster.options({ dependsOn: namespace });

    const resourceQuota = new core.ResourceQuota(
        child("quota"),
        { metadata: metadata("justdb-quota"), spec: { hard: quota(demands(settings)) } },
        limits,
    );
    const limitRange = new core.LimitRange(
        child("limits"),
        {
            metadata: metadata("justdb-limits"),
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
        limits,
    );
    return { owned: { ready: namespace }, ready: [...namespace, resourceQuota, limitRange] };
}

/**
 * Deleting a namespace deletes the database in it, so it is as stateful as the database. Its owner is written on it: a namespace of
 * another stack, which Kubernetes would otherwise let this one take over and delete, is then a conflict.
 */
function createRestricted({ settings, child, stateful }: Cluster): core.Namespace {
    const name = child("namespace");
    return new core.Namespace(
        name,
        {
            metadata: {
                name: settings.namespace,
                labels: { ...labels, ...restricted },
                annotations: { "justdb-cloud/owner": [pulumi.getProject(), pulumi.getStack(), name].join("/") },
            },
        },
        stateful(),
    );
}
