import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4";
import { chartArgs } from "../lib/chart";
import { labels } from "../lib/labels";
import { restricted } from "../lib/pod";
import { afterInCluster, type Cluster, type Scope, type Waited } from "../lib/scope";
import { takenOver } from "../lib/takeover";
import { createPolicies } from "../network/network";
import type { Resolved } from "../parts";
import { operatorFlows } from "./flows";

/** What the operator needs for some dozens of databases. */
const resources = { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "512Mi" } };

/**
 * CloudNativePG's operator, in a namespace of its own. Deleting its definitions deletes every database of the cluster, whoever made it,
 * and without the operator none fails over: none of it is ever deleted, and what is there already is taken over.
 */
export function createOperator(scope: Scope): Waited {
    const { settings } = scope;
    if (settings.postgresMode !== "managed" || !settings.postgresInstallOperator) return { ready: [] };
    const kept = inOperatorNamespace(scope.cluster);

    const name = settings.postgresOperatorNamespace;
    const namespace = new core.Namespace(
        kept.child("operator-namespace"),
        { metadata: { name, labels: { ...labels, ...restricted }, annotations: takenOver } },
        kept.options(),
    );
    const inNamespace = afterInCluster({ ...scope, cluster: kept }, { ready: [namespace] }).cluster;
    const policies = createPolicies(inNamespace, "operator-network", operatorFlows(settings));
    const [repository, tag] = imageParts(settings.postgresOperatorImage);
    const chart = new helm.Chart(
        kept.child("operator"),
        {
            ...chartArgs(settings.postgresOperatorChart),
            name: "cnpg",
            namespace: name,
            // On all but the definitions, which the provider replaces whoever owns them.
            values: { image: { repository, tag }, resources, commonAnnotations: takenOver, ...pulled(settings) },
        },
        inNamespace.options({ dependsOn: policies.ready }),
    );
    return { ready: [chart] };
}

/** The Secrets are read in the operator's own namespace. */
const pulled = ({ imagePullSecrets }: Resolved) =>
    imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) };

/** Where objects are in the operator's namespace, and stay. */
const inOperatorNamespace = (cluster: Cluster): Cluster => ({
    ...cluster,
    options: (more) => cluster.stateful({ retainOnDelete: true, ...more }),
    metadata: (objectName) => ({
        name: objectName,
        namespace: cluster.settings.postgresOperatorNamespace,
        labels,
        annotations: takenOver,
    }),
});

/** Repository and tag; a digest stays with the tag. */
function imageParts(image: string): [string, string] {
    const [, repository, tag] = /^(.+?):([^:/@]+(?:@.+)?)$/.exec(image)!;
    return [repository!, tag!];
}
