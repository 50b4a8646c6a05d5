import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../lib/scope";
import { createCertificate } from "./certificate";
import { createGateway } from "./gateway";
import { createIngress } from "./ingress";
import { createService, serviceUrl } from "./service";
import { speaksTls } from "./tls";

/** Where requests arrive. */
export interface Entrance {
    serviceName: pulumi.Output<string>;
    host: pulumi.Output<string>;
    url: pulumi.Output<string>;
}

export function createEdge(cluster: Cluster): Entrance {
    const { settings } = cluster;
    const service = createService(cluster);
    const serviceName = service.metadata.name;
    createCertificate(cluster);
    if (settings.edge === "ingress") createIngress(cluster, serviceName);
    if (settings.edge === "gateway") createGateway(cluster, serviceName);
    const scheme = speaksTls(settings) ? "https" : "http";
    return {
        serviceName,
        host: pulumi.output(settings.host),
        url:
            settings.host === ""
                ? serviceUrl(service, settings, scheme)
                : pulumi.output(`${scheme}://${settings.host}`),
    };
}
