// docs/policies.md: every rule of the policy pack, from the rules themselves.
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Rule } from "../../policy/lib/rule";
import { rules } from "../../policy/rules";

const families: Record<string, string> = {
    "pod-security": "Pod Security Standards, restricted",
    workload: "Workloads",
    rbac: "RBAC",
    namespace: "Namespaces",
    network: "Network",
    ingress: "Ingress",
    image: "Images",
    helm: "Helm",
    secret: "Secrets",
    s3: "S3",
    iam: "IAM",
    kms: "KMS",
    stack: "The stack as a whole",
};

const familyOf = ({ name }: Rule) => Object.keys(families).find((family) => name.startsWith(`${family}-`)) ?? "";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function setting([key, { description, default: value }]: [string, PolicyConfigJSONSchema]): string {
    return `\`${key}\`: ${description ?? ""} (default \`${JSON.stringify(value)}\`)`;
}

function row(rule: Rule): string {
    const { name, description, level, severity, references, remediation, why, config = {} } = rule;
    const remedied = "remediate" in rule ? " Can be put right by level `remediate`." : "";
    const settings = Object.entries(config).map((entry) => ` Setting ${setting(entry)}.`);
    const how = `${remediation}${remedied}${settings.join("")}`;
    const cells = [`\`${name}\``, description, why ? `${level}: ${why}` : level, severity, how, references.join(", ")];
    return `| ${cells.map(cell).join(" | ")} |`;
}

export function policiesPage(): string {
    const sections = Object.entries(families).flatMap(([family, title]) => {
        const rows = rules.filter((rule) => familyOf(rule) === family).map(row);
        if (rows.length === 0) return [];
        const head =
            "| rule | what holds | level | severity | what to do about a violation | elsewhere |\n| --- | --- | --- | --- | --- | --- |";
        return [`## ${title}\n\n${head}\n${rows.join("\n")}\n`];
    });
    return `# Policies

The ${rules.length} rules of the policy pack in \`policy/\`. This page is made from them by \`make docs\`; how to run, configure and
exempt is in [policy/README.md](../policy/README.md). \`mandatory\` stops a preview and an update, \`advisory\` is said and passes,
\`disabled\` waits to be turned on. The last column names the same rule in other scanners and standards.

${sections.join("\n")}`;
}
