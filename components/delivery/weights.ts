// Between which Services the edge splits requests, and how while no new version is on its way. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { names as app } from "../app/names";
import type { Resolved } from "../parts";
import { names } from "./names";
import { isSplit } from "./workload";

const port = 80;

export const traefikApi = { apiVersion: "traefik.io/v1alpha1", kind: "TraefikService" } as const;

/** As the Gateway API and Traefik write them. */
export const weightedBackends = [
    { name: app.app, port, weight: 100 },
    { name: names.canary, port, weight: 0 },
];

/** Where an HTTPRoute leads: to the Service, or to what splits requests between it and the canary's. */
export function backends(s: Resolved, service: pulumi.Input<string>): object[] {
    if (!isSplit(s)) return [{ name: service, port }];
    if (s.canaryTraffic === "traefik") return [{ group: "traefik.io", kind: traefikApi.kind, name: app.app }];
    return weightedBackends;
}

/** As AWS Load Balancer Controller reads them. */
export const albAction = JSON.stringify({
    type: "forward",
    forwardConfig: {
        targetGroups: weightedBackends.map(({ name, weight }) => ({
            serviceName: name,
            servicePort: String(port),
            weight,
        })),
    },
});
