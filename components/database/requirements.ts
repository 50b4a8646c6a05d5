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
        ...(s.postgresPasswordGeneration > 1
            ? [
                  {
                      api: "postgresql.cnpg.io/v1/DatabaseRole",
                      what: "the operator of CloudNativePG does not know roles as objects, by which postgresPasswordGeneration works: it is older than 1.30",
                      fix: `upgrade it: ${command.replace("helm install", "helm upgrade")}; or remove postgresPasswordGeneration`,
                  },
              ]
            : []),
    ];
}
