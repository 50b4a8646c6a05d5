import { helmInstall, type Requirement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { operatorChart } from "./settings";

export function requirements(s: Resolved): Requirement[] {
    if (s.postgresMode === "external" || s.postgresInstallOperator) return [];
    const command = helmInstall("cnpg", operatorChart, s.postgresOperatorNamespace);
    return [
        {
            api: "postgresql.cnpg.io/v1/Cluster",
            what: "the operator of CloudNativePG, which runs PostgreSQL, is not installed",
            fix: `pulumi config set postgresInstallOperator true, or install it: ${command}`,
        },
    ];
}
