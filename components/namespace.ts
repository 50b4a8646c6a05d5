import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./lib/context";
import { labels } from "./lib/names";
import { restricted } from "./lib/pod-security";
import { quota } from "./lib/quota";

/** The namespace with Pod Security Admission, and what may be used in it. Everything else in it comes after what is returned. */
export function createNamespace(context: Context): pulumi.Resource[] {
    const { settings, child } = context;
    const namespace = settings.createNamespace ? [createRestricted(context)] : [];
    const limits = context.options({ dependsOn: namespace });

    const resourceQuota = new core.ResourceQuota(
        child("quota"),
        { metadata: context.metadata("justdb-quota"), spec: { hard: quota(settings) } },
        limits,
    );
    const limitRange = new core.LimitRange(
        child("limits"),
        {
            metadata: context.metadata("justdb-limits"),
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
    return [...namespace, resourceQuota, limitRange];
}

/**
 * Deleting a namespace deletes the database in it, so it is as stateful as the database. Its owner is written on it: a namespace of
 * another stack, which Kubernetes would otherwise let this one take over and delete, is then a conflict.
 */
function createRestricted({ settings, child, stateful }: Context): core.Namespace {
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
