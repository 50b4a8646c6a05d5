import * as pulumi from "@pulumi/pulumi";
import type { Cluster, Waited } from "../lib/scope";
import { createCertificate } from "./certificate";
import { createGateway } from "./gateway";
import { createIngress } from "./ingress";
import { createService, serviceUrl } from "./service";
import { speaksTls } from "./tls";

/** Where requests arrive. Ready when its objects are. */
export interface Entrance extends Waited {
    serviceName: pulumi.Output<string>;
    host: pulumi.Output<string>;
    url: pulumi.Output<string>;
}

export function createEdge(cluster: Cluster): Entrance {
    const { settings } = cluster;
    const service = createService(cluster);
    const serviceName = service.metadata.name;
    createCertificate(cluster);
    const routes = createRoutes(cluster, serviceName);
    const scheme = speaksTls(settings) ? "https" : "http";
    return {
        serviceName,
        host: pulumi.output(settings.host),
        url:
            settings.host === ""
                ? serviceUrl(service, settings, scheme)
                : pulumi.output(`${scheme}://${settings.host}`),
        ready: [service, ...routes.ready],
    };
}

function createRoutes(cluster: Cluster, serviceName: pulumi.Output<string>): Waited {
    switch (cluster.settings.edge) {
        case "ingress":
            return createIngress(cluster, serviceName);
        case "gateway":
            return createGateway(cluster, serviceName);
        default:
            return { ready: [] };
    }
}
