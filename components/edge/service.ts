import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { appPods, appPort, names } from "../app/names";
import type { Cluster } from "../lib/scope";
import { inUrl } from "../lib/url";
import { ledAnnotation, ledSelector } from "../delivery/workload";
import { ipFamilyPolicy } from "../lib/service";
import type { Resolved } from "../parts";
import { annotations, families, loadBalancerClass } from "./controllers";
import { recordAnnotations } from "./external-dns";

export function createService({ settings, child, metadata, options }: Cluster): core.Service {
    const isBalanced = settings.edge === "loadBalancer";
    const balanced = {
        // Keeps the client's address, on which session affinity and the NetworkPolicy rely.
        externalTrafficPolicy: "Local",
        loadBalancerSourceRanges: settings.loadBalancerSourceRanges,
        ...loadBalancerClass(settings),
        ...families(settings),
    };
    const isSecure = isBalanced && settings.tlsCertificateArn !== "";
    const port = isSecure ? { name: "https", port: 443 } : { name: "http", port: 80 };
    const record = isBalanced ? recordAnnotations(settings) : {};
    return new core.Service(
        child("service"),
        {
            metadata: metadata(names.app, {
                labels: appPods.labels,
                annotations: { ...annotations(settings), ...record, ...ledAnnotation(settings) },
            }),
            spec: {
                type: isBalanced ? "LoadBalancer" : "ClusterIP",
                selector: appPods.labels,
                ports: [{ ...port, targetPort: appPort, protocol: "TCP" }],
                sessionAffinity: settings.sessionAffinity,
                ...(isBalanced ? balanced : ipFamilyPolicy(settings)),
            },
        },
        options(ledSelector(settings)),
    );
}

/** Where the Service itself is reached. */
export const serviceUrl = (service: core.Service, { edge }: Resolved, scheme: string): pulumi.Output<string> =>
    (edge === "loadBalancer" ? balancerAddress(service) : clusterAddress(service)).apply(
        (address) => `${scheme}://${inUrl(address)}`,
    );

/** A load balancer that nobody waited for (pulumi.com/skipAwait) may have no address yet. */
const balancerAddress = (service: core.Service) =>
    service.status.apply((status) => {
        const address = status?.loadBalancer?.ingress?.[0];
        return address?.hostname ?? address?.ip ?? "pending";
    });

/** The id is not known before the Service is made, and neither is its address: what a dry run shows is another one, or none. */
const clusterAddress = (service: core.Service) =>
    pulumi.all([service.id, service.spec.clusterIP]).apply(([, address]) => address);
