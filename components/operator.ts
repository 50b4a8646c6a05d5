import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4";
import type * as pulumi from "@pulumi/pulumi";
import { chartArgs } from "./lib/charts";
import { after, type Context } from "./lib/context";
import { labels } from "./lib/names";
import { restricted } from "./lib/pod-security";
import { createPolicies } from "./network";
import { operatorFlows } from "./network-flows";

/** What the operator needs for some dozens of databases. */
const resources = { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "512Mi" } };

/**
 * CloudNativePG's operator, in a namespace of its own. Deleting its definitions deletes every database of the cluster, whoever made it,
 * and without the operator none fails over: none of it is ever deleted, and what is there already is taken over.
 */
export function createOperator(context: Context): pulumi.Resource[] {
    const { settings, child } = context;
    if (settings.postgresMode !== "managed" || !settings.postgresInstallOperator) {
        return [];
    }
    const name = settings.postgresOperatorNamespace;
    const kept: Context = {
        ...context,
        options: (more) => context.stateful({ retainOnDelete: true, ...more }),
        metadata: (objectName) => ({ name: objectName, namespace: name, labels }),
    };

    const namespace = new core.Namespace(
        child("operator-namespace"),
        { metadata: { name, labels: { ...labels, ...restricted } } },
        kept.options(),
    );
    const inNamespace = after(kept, [namespace]);
    const policies = createPolicies(inNamespace, "operator-network", operatorFlows(settings));
    const [repository, tag] = imageParts(settings.postgresOperatorImage);
    return [
        new helm.Chart(
            child("operator"),
            {
                ...chartArgs(settings.postgresOperatorChart),
                name: "cnpg",
                namespace: name,
                values: { image: { repository, tag }, resources },
            },
            inNamespace.options({ dependsOn: policies }),
        ),
    ];
}

/** Repository and tag; a digest stays with the tag. */
function imageParts(image: string): [string, string] {
    const [, repository, tag] = /^(.+?):([^:/@]+(?:@.+)?)$/.exec(image)!;
    return [repository!, tag!];
}
