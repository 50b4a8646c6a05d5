import { addresses, type Flow, inNamespace, type PodKind } from "../lib/flow";
import type { Labels } from "../lib/labels";
import { anyAddress, toDns, toKubernetesApi } from "../network/flows";
import type { Resolved } from "../parts";
import {
    archivePluginChartLabels,
    archivePluginLabels,
    databasePods,
    operatorLabels,
    ports,
    settledPods,
} from "./names";

/** The instances replicate from each other, the operator watches them, and they report to the Kubernetes API. */
export function flows(s: Resolved): Flow[] {
    if (s.postgresMode === "external") return [];
    const both = [{ port: ports.postgres }, { port: ports.status }];
    return [
        toDns(databasePods, s),
        { from: databasePods, to: databasePods, ports: both },
        { from: [inNamespace(s.postgresOperatorNamespace, operatorLabels)], to: databasePods, ports: both },
        ...[databasePods, settledPods].map((pods) => toKubernetesApi(pods, s)),
    ];
}

/** How the pods of other parts connect to the database. */
export const toDatabase = (from: PodKind, s: Resolved): Flow =>
    s.postgresMode === "managed"
        ? { from, to: databasePods, ports: [{ port: ports.postgres }] }
        : { from, to: addresses(s.postgresCidrs), ports: [{ port: s.postgresPort }] };

/**
 * In the operator's own namespace: what it is reached by, and reaches. Its webhooks, the Kubernetes API, every database that it runs, and
 * the plugin for archives, which lives beside it, and which databases of others may need where this one has no archive. Each flow has a
 * policy of its own: they are protected with the stack, so none may leave it.
 */
export function operatorFlows(s: Resolved): Flow[] {
    const operator = (flow: string): PodKind => ({ name: `operator-${flow}`, labels: operatorLabels });
    return [
        toDns(operator("to-dns"), s),
        ...archivePluginFlows("archive-plugin", archivePluginLabels, operator, s),
        ...archivePluginFlows("archive-plugin-of-chart", archivePluginChartLabels, operator, s),
        // It calls from a node, or from outside of the cluster: no policy can name it.
        { from: anyAddress(s), to: operator("from-kubernetes-api"), ports: [{ port: 9443 }] },
        toKubernetesApi(operator("to-kubernetes-api"), s),
        {
            from: operator("to-databases"),
            to: [
                {
                    namespaceSelector: {},
                    podSelector: { matchExpressions: [{ key: "cnpg.io/cluster", operator: "Exists" }] },
                },
            ],
            ports: [{ port: ports.postgres }, { port: ports.status }],
        },
    ];
}

function archivePluginFlows(name: string, labels: Labels, operator: (flow: string) => PodKind, s: Resolved): Flow[] {
    const plugin = (flow: string): PodKind => ({ name: `${name}-${flow}`, labels });
    return [
        toDns(plugin("to-dns"), s),
        toKubernetesApi(plugin("to-kubernetes-api"), s),
        { from: operator(`to-${name}`), to: plugin("from-operator"), ports: [{ port: 9090 }] },
    ];
}
