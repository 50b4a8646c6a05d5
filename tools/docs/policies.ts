// docs/policies.md with a page for each rule of the policy pack, and the pack's own RULES.md: from the rules and the examples of their tests.
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { Secret } from "@pulumi/policy";
import { dump } from "js-yaml";
import type { Rule } from "../../policy/lib/rule";
import { rules } from "../../policy/rules";
import { exampleOf } from "../../test/support/policy/examples";
import type { Given } from "../../test/support/policy/judge";

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
const row = (...cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
const table = (head: string[], rows: string[]) => [row(...head), row(...head.map(() => "---")), ...rows].join("\n");

/** A table of the rules of each family. */
const byFamily = (head: string[], cells: (rule: Rule) => string[]) =>
    Object.entries(families)
        .map(([family, title]) => ({ title, own: rules.filter((rule) => familyOf(rule) === family) }))
        .filter(({ own }) => own.length > 0)
        .map(({ title, own }) => `## ${title}\n\n${table(head, own.map((rule) => row(...cells(rule))))}\n`)
        .join("\n"); // prettier-ignore

export const policiesPage = (): string => `# Policies

The ${rules.length} rules of the policy pack in \`policy/\`, each with a page that says what to do about a violation and shows an example. All of it is
made from the rules and their tests by \`make docs\`; how to run, configure and exempt is in [policy/README.md](../policy/README.md), what the rules
are called elsewhere in [policy/RULES.md](../policy/RULES.md). \`mandatory\` stops a preview and an update, \`advisory\` is said and passes, \`disabled\`
waits to be turned on.

${byFamily(["rule", "what holds", "level", "severity"], ({ name, description, level, severity }) => [
    `[\`${name}\`](policies/${name}.md)`,
    description,
    level,
    severity ?? "",
])}`;

function setting([key, { description, default: value }]: [string, PolicyConfigJSONSchema]): string {
    return `- \`${key}\`: ${description ?? ""} (default \`${JSON.stringify(value)}\`)`;
}

/** Marks of secrets, as a program writes them. */
const shown = (value: unknown): unknown => {
    if (value instanceof Secret) return { "pulumi.secret": shown(value.value) };
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(part)]));
};

/** A resource as Kubernetes or Pulumi YAML writes it. */
function written({ type, name = "it", props }: Given): string {
    const [provider, version = "", kind] = type.split(":");
    if (provider !== "kubernetes" || version.startsWith("helm.sh/"))
        return dump({ [name]: { type, properties: shown(props) } }, { noRefs: true, lineWidth: -1 });
    const apiVersion = version.replace(/^core\//, "");
    return dump({ apiVersion, kind, ...(shown(props) as object) }, { noRefs: true, lineWidth: -1 });
}

const block = (given: Given[]) => `\`\`\`yaml\n${given.map(written).join("---\n")}\`\`\`\n`;

function rulePage(rule: Rule): string {
    const { name, description, level, severity, references, remediation, why, config = {} } = rule;
    const example = exampleOf(name);
    const given = example?.config && `With the configuration \`${JSON.stringify(example.config)}\`:\n`;
    const parts = [
        `# ${name}\n`,
        `${description}\n`,
        `- Level: ${level}${why ? `. ${why}` : ""}\n- Severity: ${severity}\n`,
        references.length > 0 && `The same elsewhere: ${references.join(", ")}.\n`,
        `## What to do\n`,
        `${remediation}${"remediate" in rule ? " Can be put right by level `remediate`." : ""}\n`,
        Object.keys(config).length > 0 && `## Settings\n\n${Object.entries(config).map(setting).join("\n")}\n`,
        example && `## What keeps it\n\n${given ? `${given}\n` : ""}${block(example.keeps)}`,
        example && `## What breaks it\n\n${block(example.breaks)}`,
    ];
    return parts.filter(Boolean).join("\n");
}

/** By their path. */
export const rulePages: Record<string, () => string> = Object.fromEntries(
    rules.map((rule) => [`docs/policies/${rule.name}.md`, () => rulePage(rule)]),
);

/** Scanners, and the AWS Foundational Security Best Practices, with what an id of theirs looks like. */
const scanners: Record<string, RegExp> = {
    Kyverno: /^Kyverno (.*)/,
    checkov: /^(CKV.*)/,
    "kube-score": /^kube-score (.*)/,
    "AWS FSBP": /^((?:S3|IAM|KMS)\.\d+)$/,
};
const idsOf = ({ references }: Rule, id: RegExp) => references.flatMap((it) => id.exec(it)?.[1] ?? []).join(", ");
const others = ({ references }: Rule) =>
    references.filter((it) => !Object.values(scanners).some((id) => id.test(it))).join(", ");

/** In the npm package. */
export const rulesPage = (): string => `# The rules, and what they are called elsewhere

An id stands here where the other scanner looks at the same thing and says the same of it; where one of its checks is a part of the rule, all
that the check objects to breaks the rule.

${byFamily(["rule", "what holds", "level", ...Object.keys(scanners), "others"], (rule) => [
    `\`${rule.name}\``,
    rule.description,
    rule.level,
    ...Object.values(scanners).map((id) => idsOf(rule, id)),
    others(rule),
])}`;
