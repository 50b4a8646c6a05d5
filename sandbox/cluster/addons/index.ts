// What a cluster needs beside its node: DNS, volumes, the database operator and its plugin for archives, and what monitors are.
import { step } from "../../../tools/lib/progress";
import { apply, kubectl } from "../kubectl";
import { barmanObjects } from "./barman-cloud";
import { operatorObjects, untilAsked } from "./cloudnative-pg";
import { dnsObjects } from "./dns";
import { loadBalancerObjects } from "./load-balancers";
import { monitorDefinitions } from "./prometheus-operator";
import { ensureVolumes } from "./volumes";

const rollout = (namespace: string, name: string) =>
    kubectl(["-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=180s"]);

/** Installs the add-ons and waits until they serve. */
export async function installAddons(): Promise<void> {
    await step("cluster add-ons: DNS, volumes, CloudNativePG operator", async () => {
        await apply([...dnsObjects, ...loadBalancerObjects]);
        await ensureVolumes();
        await apply(await operatorObjects());
        await apply(await barmanObjects());
        await apply(await monitorDefinitions());
        await rollout("kube-system", "coredns");
        await rollout("cnpg-system", "cnpg-controller-manager");
        await rollout("cnpg-system", "barman-cloud");
        await untilAsked();
    });
}
