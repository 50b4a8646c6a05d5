import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { appPods, appPort, names } from "../app/names";
import type { Cluster } from "../lib/scope";
import { annotations } from "./controllers";

/** Where requests arrive. */
export interface Edge {
    serviceName: pulumi.Output<string>;
    url: pulumi.Output<string>;
}

export function createEdge({ settings, child, metadata, options }: Cluster): Edge {
    const balanced = {
        // Keeps the client's address, on which session affinity and the NetworkPolicy rely.
        externalTrafficPolicy: "Local",
        loadBalancerSourceRanges: settings.loadBalancerSourceRanges,
    };
    const isBalanced = settings.serviceType === "LoadBalancer";
    const service = new core.Service(
        child("service"),
        {
            metadata: metadata(names.app, { labels: appPods.labels, annotations: annotations(settings) }),
            spec: {
                type: settings.serviceType,
                selector: appPods.labels,
                ports: [{ name: "http", port: 80, targetPort: appPort, protocol: "TCP" }],
                sessionAffinity: settings.sessionAffinity,
                ...(isBalanced ? balanced : {}),
            },
        },
        options(),
    );
    return { serviceName: service.metadata.name, url: isBalanced ? balancerUrl(service) : clusterUrl(service) };
}

const balancerUrl = (service: core.Service) =>
    service.status.apply((status) => {
        const address = status?.loadBalancer?.ingress?.[0];
        return `http://${address?.hostname ?? address?.ip ?? "pending"}`;
    });

const clusterUrl = (service: core.Service) =>
    service.spec.clusterIP.apply((address) => `http://${address ?? "pending"}`);
