import { findEveryone } from "../lib/aws/everyone";
import { eachDocument } from "../lib/aws/policy-sources";
import type { ResourceRule } from "../lib/rule";

export const kmsPublicPolicy: ResourceRule = {
    name: "kms-public-policy",
    description: "No policy of a KMS key lets everyone use it, whatever their account.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_AWS_33", "KMS.5"],
    remediation:
        "Name the principals that need the key, or narrow the statement by kms:CallerAccount or aws:PrincipalOrgID.",
    check: eachDocument("key", findEveryone),
};
