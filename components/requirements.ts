import * as helm from "@pulumi/kubernetes/helm/v4";
import type * as pulumi from "@pulumi/pulumi";
import { chartArgs, ownChart } from "./lib/charts";
import type { Context } from "./lib/context";
import type { Resolved } from "./resolve";
import { settings } from "./settings";

/** Something that the cluster must have already. */
export interface Requirement {
    /** The API by which it is known: group/version/Kind. */
    api: string;
    what: string;
    /** What to do without it. */
    fix: string;
}

/** What this stack takes for granted and does not install. Pure. */
export function requirements(s: Resolved): Requirement[] {
    if (s.postgresMode === "external") {
        return [];
    }
    return [...(s.postgresInstallOperator ? [] : [operator(s)])];
}

function operator(s: Resolved): Requirement {
    const { chart, version } = chartArgs(String(settings.postgresOperatorChart.default));
    const install = `helm install cnpg ${chart} --version ${version} --namespace ${s.postgresOperatorNamespace} --create-namespace`;
    return {
        api: "postgresql.cnpg.io/v1/Cluster",
        what: "the operator of CloudNativePG, which runs PostgreSQL, is not installed",
        fix: `pulumi config set postgresInstallOperator true, or install it: ${install}`,
    };
}

/**
 * Stops a preview and an update with one message, before anything is made: all else comes after what is returned. Only a provider can
 * ask the cluster that it is for, and in both alike; a chart is what it lets have a message of its own.
 */
export function createRequirements({ settings, child, options }: Context): pulumi.Resource[] {
    const needed = requirements(settings);
    if (needed.length === 0) {
        return [];
    }
    return [
        new helm.Chart(
            child("requirements"),
            {
                chart: ownChart("requirements"),
                name: "requirements",
                namespace: settings.namespace,
                values: { needed },
            },
            options(),
        ),
    ];
}
