// The compliance framework of a rule, where one of its references is to one: what Pulumi shows beside the rule.
import type { PolicyComplianceFramework } from "@pulumi/policy";

type Known = Pick<PolicyComplianceFramework, "name" | "version"> & { reference: RegExp };

const frameworks: Known[] = [
    { name: "Kubernetes Pod Security Standards", version: "1.34", reference: /^PSA (?<specification>\w+)$/ },
    {
        name: "AWS Foundational Security Best Practices",
        version: "1.0.0",
        reference: /^(?<specification>(S3|IAM|KMS)\.\d+)$/,
    },
];

/** The first of the frameworks that the references name; undefined when they name none. */
export function frameworkOf(references: string[]): PolicyComplianceFramework | undefined {
    for (const { name, version, reference } of frameworks) {
        const found = references.filter((id) => reference.test(id));
        if (found.length === 0) continue;
        const specification = found.map((id) => reference.exec(id)!.groups!.specification).join(", ");
        return { name, version, reference: found.join(", "), specification };
    }
    return undefined;
}
