import type * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { ServiceType } from "./args/enums";

/** Where the Service is reached: the load balancer's address once there is one, else the address inside the cluster. */
export function serviceUrl(service: core.Service, type: ServiceType): pulumi.Output<string> {
    return type === "LoadBalancer"
        ? service.status.apply((status) => {
              const address = status?.loadBalancer?.ingress?.[0];
              return `http://${address?.hostname ?? address?.ip ?? "pending"}`;
          })
        : service.spec.clusterIP.apply((address) => `http://${address ?? "pending"}`);
}
