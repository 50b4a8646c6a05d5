import * as helm from "@pulumi/kubernetes/helm/v4";
import type * as pulumi from "@pulumi/pulumi";
import { chartArgs, ownChart } from "./lib/charts";
import type { Context } from "./lib/context";
import { archiveSource } from "./lib/restore-source";
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
    if (s.postgresMode !== "managed") return [];
    return [
        ...(s.postgresInstallOperator ? [] : [operator(s)]),
        ...(s.postgresArchive || archiveSource(s) ? [archivePlugin(s)] : []),
    ];
}

function install(release: string, reference: string, { postgresOperatorNamespace }: Resolved): string {
    const { chart, version } = chartArgs(reference);
    return `helm install ${release} ${chart} --version ${version} --namespace ${postgresOperatorNamespace} --create-namespace`;
}

function operator(s: Resolved): Requirement {
    const command = install("cnpg", String(settings.postgresOperatorChart.default), s);
    return {
        api: "postgresql.cnpg.io/v1/Cluster",
        what: "the operator of CloudNativePG, which runs PostgreSQL, is not installed",
        fix: `pulumi config set postgresInstallOperator true, or install it: ${command}`,
    };
}

/** Of the plugin's version 0.14.0. Its manifest has one namespace only, and does not make it. */
const pluginChart = "oci://ghcr.io/cloudnative-pg/charts/plugin-barman-cloud:0.7.1";

function archivePlugin(s: Resolved): Requirement {
    const command = install("plugin-barman-cloud", pluginChart, s);
    const without = archiveSource(s) ? "" : ", or do without: pulumi config set postgresArchive false";
    return {
        api: "barmancloud.cnpg.io/v1/ObjectStore",
        what: "the plugin barman-cloud of CloudNativePG, which archives the database, is not installed",
        fix: `install it, after cert-manager, beside the operator: ${command}${without}`,
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
