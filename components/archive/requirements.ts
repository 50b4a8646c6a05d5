import { helmInstall, type Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { archiveSource } from "../restore/source";
import { usesArchive } from "./uses";

/** Of the plugin's version 0.14.0. Its manifest has one namespace only, and does not make it. */
const pluginChart = "oci://ghcr.io/cloudnative-pg/charts/plugin-barman-cloud:0.7.1";

/** What it brings: itself, and what it adds to the pods of a database. */
export const pluginImages = [
    "ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.14.0",
    "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.14.0",
];

export function requirements(s: Resolved): Requirement[] {
    if (!usesArchive(s)) return [];
    const command = helmInstall("plugin-barman-cloud", pluginChart, s.postgresOperatorNamespace);
    const without = archiveSource(s) ? "" : ", or do without: pulumi config set postgresArchive false";
    return [
        {
            api: "barmancloud.cnpg.io/v1/ObjectStore",
            what: "the plugin barman-cloud of CloudNativePG, which archives the database, is not installed",
            fix: `install it, after cert-manager, beside the operator: ${command}${without}`,
        },
    ];
}
