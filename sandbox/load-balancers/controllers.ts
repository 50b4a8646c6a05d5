// Both controllers at work on one cluster: a Service gets an address, or an Event that says why not. No load balancer is made.
import type { Api } from "../providers/kubernetes/api";
import { awsLoadBalancerController } from "./aws-load-balancer-controller";
import { cloudProviderAws } from "./cloud-provider-aws";
import type { Controller, Service } from "./service";

const controllers = [awsLoadBalancerController, cloudProviderAws];

const servicePath = ({ metadata: { namespace, name } }: Service) => `/api/v1/namespaces/${namespace}/services/${name}`;

async function giveAddress(api: Api, service: Service, hostname: string): Promise<void> {
    if (service.status.loadBalancer.ingress?.[0]?.hostname === hostname) return;
    await api.request(`${servicePath(service)}/status`, {
        method: "PATCH",
        contentType: "application/merge-patch+json",
        body: { status: { loadBalancer: { ingress: [{ hostname }] } } },
    });
}

async function sayWhyNot(api: Api, service: Service, { name: component, event }: Controller, refusal: string) {
    const { name, namespace, uid, resourceVersion } = service.metadata;
    const now = new Date().toISOString().replace(/\.\d+/, "");
    await api.request(`/api/v1/namespaces/${namespace}/events`, {
        method: "POST",
        body: {
            apiVersion: "v1",
            kind: "Event",
            metadata: { generateName: `${name}.`, namespace },
            involvedObject: { apiVersion: "v1", kind: "Service", name, namespace, uid, resourceVersion },
            type: "Warning",
            ...event(refusal),
            source: { component },
            firstTimestamp: now,
            lastTimestamp: now,
            count: 1,
        },
    });
}

/** Looks at every Service once. `told` holds what was said already: of each object as it stands, a refusal is told once. */
export async function look(api: Api, told: Set<string>): Promise<void> {
    const { items } = (await api.request("/api/v1/services")) as unknown as { items: Service[] };
    for (const service of items.filter(({ metadata }) => !metadata.deletionTimestamp)) {
        const controller = controllers.find((one) => one.claims(service));
        if (!controller) continue;
        const refusal = controller.refusal(service);
        if (refusal === undefined) {
            await giveAddress(api, service, controller.hostname(service));
            continue;
        }
        const key = `${service.metadata.uid} ${service.metadata.resourceVersion}`;
        if (!told.has(key)) await sayWhyNot(api, service, controller, refusal);
        told.add(key);
    }
}
