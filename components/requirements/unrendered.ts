import * as helm from "@pulumi/kubernetes/helm/v4";
import * as pulumi from "@pulumi/pulumi";
import { isKnown } from "../lib/known";
import type { Waited } from "../lib/scope";

/**
 * Warns of what a preview leaves out where the Kubernetes provider is not known yet, as that of a cluster which the same update makes: the
 * engine then plans each chart without rendering it, and does not say so. `echo` is known if the provider is.
 */
export async function warnOfUnrendered(
    component: pulumi.Resource,
    echo: pulumi.Output<string>,
    parts: Waited[],
): Promise<void> {
    if (!pulumi.runtime.isDryRun() || (await isKnown(echo))) return;
    const charts = parts.flatMap(({ ready }) => ready).filter((one) => helm.Chart.isInstance(one));
    pulumi.all(charts.map(({ urn }) => urn)).apply((urns) => {
        void pulumi.log.warn(message(urns.map((urn) => urn.split("::").at(-1)!)), component);
    });
}

const message = (charts: string[]) =>
    [
        "The configuration of the Kubernetes provider is known only after the update, so this preview cannot ask the cluster.",
        `Not rendered: ${charts.join(", ")}.`,
        "So it is not checked that the cluster has what is needed, and the objects of these charts are not in the plan:",
        "those that are there already are shown as deleted, which the update does not do.",
        "To have all of it planned, make first what the provider is configured with: pulumi up --target URN.",
    ].join(" ");
