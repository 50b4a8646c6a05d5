import * as apiextensions from "@pulumi/kubernetes/apiextensions";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import type * as pulumi from "@pulumi/pulumi";
import { isSplit } from "../delivery/workload";
import { type Cluster, later, type Waited } from "../lib/scope";
import type { Resolved } from "../parts";
import type { Annotations } from "./annotations";
import { inUseBeforeDeletions, inUseFirst } from "./in-use";
import { annotations } from "./ingress-controllers";
import { names } from "./names";
import { speaksTls, tlsSecretName } from "./tls";
import { middlewares, redirected } from "./traefik";
import { isApplicationLoadBalancer } from "./way";

export function createIngress(cluster: Cluster, service: pulumi.Input<string>): Waited {
    const { settings: s } = cluster;
    const isTraefik = s.ingressController === "traefik";
    const created = isTraefik ? [createMiddlewares(cluster)] : [];
    const told = later(cluster, ...created);
    if (isTraefik && speaksTls(s)) createOne(told, "redirect-ingress", names.redirect, service, redirected(s));
    return { ready: [createOne(told, "ingress", names.edge, service, annotations(s))] };
}

const createMiddlewares = ({ settings, child, metadata, options }: Cluster): Waited => ({
    ready: Object.entries(middlewares(settings)).map(
        ([name, spec]) =>
            new apiextensions.CustomResource(
                child(name.replace(names.edge, "middleware")),
                { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", metadata: metadata(name), spec },
                options(inUseFirst()),
            ),
    ),
});

/** Where a canary gets its share by the load balancer, an annotation says between which Services it splits. */
const backendPort = (s: Resolved) => (isSplit(s) ? { name: "use-annotation" } : { number: 80 });

/** Only AWS' controller is sure to write an address, so only that one is waited for: it says by an Event what it does not understand. */
const unawaited = { "pulumi.com/skipAwait": "true" };

function createOne(
    { settings: s, child, metadata, options }: Cluster,
    suffix: string,
    name: string,
    service: pulumi.Input<string>,
    told: Annotations,
): Ingress {
    const secretName = tlsSecretName(s);
    return new Ingress(
        child(suffix),
        {
            metadata: metadata(name, { annotations: { ...(isApplicationLoadBalancer(s) ? {} : unawaited), ...told } }),
            spec: {
                ingressClassName: s.ingressClass,
                ...(secretName === "" ? {} : { tls: [{ hosts: [s.host], secretName }] }),
                rules: [
                    {
                        host: s.host,
                        http: {
                            paths: [
                                {
                                    path: s.edgePath,
                                    pathType: "Prefix",
                                    backend: { service: { name: service, port: backendPort(s) } },
                                },
                            ],
                        },
                    },
                ],
            },
        },
        options(inUseBeforeDeletions()),
    );
}
