// Time for Traefik to take a change into use. Of each kind of object it takes changes by itself, and no more often than every two seconds
// (providersThrottleDuration), so that an HTTPRoute or Ingress can be in use before the TraefikService or Middleware that it names, or after that is
// gone. Then it answers 404.
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

const pause = () => sleep(3_000);

/** For what an HTTPRoute or Ingress names: whatever comes after it waits until it is in use. */
export const inUseFirst = (): pulumi.CustomResourceOptions => hooked({ afterCreate: [pause] });

/** For an HTTPRoute or Ingress: it is in use as it is now before anything is deleted, which is what Pulumi does last. */
export const inUseBeforeDeletions = (): pulumi.CustomResourceOptions => hooked({ afterUpdate: [pause] });

/** The mocks of Pulumi's SDK, with which programs are tested, say that they know hooks, and then wait for ever. */
function hooked(hooks: pulumi.ResourceHookBinding): pulumi.CustomResourceOptions {
    const runtime = pulumi.runtime as unknown as { getMonitor(): object };
    return "registerResourceHook" in runtime.getMonitor() ? { hooks } : {};
}
