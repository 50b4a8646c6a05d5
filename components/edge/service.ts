import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
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

/** A load balancer that nobody waited for (pulumi.com/skipAwait) may have no address yet. */
const balancerUrl = (service: core.Service) =>
    service.status.apply((status) => {
        const address = status?.loadBalancer?.ingress?.[0];
        return `http://${address?.hostname ?? address?.ip ?? "pending"}`;
    });

/** The id is not known before the Service is made, and neither is its address: what a dry run shows is another one, or none. */
const clusterUrl = (service: core.Service) =>
    pulumi.all([service.id, service.spec.clusterIP]).apply(([, address]) => `http://${address}`);
