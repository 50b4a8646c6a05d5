import { findEveryone } from "../lib/aws/everyone";
import { eachDocument } from "../lib/aws/policy-sources";
import type { ResourceRule } from "../lib/rule";

export const s3PublicPolicy: ResourceRule = {
    name: "s3-public-policy",
    description: "No policy of a bucket or an access point lets everyone in, whatever their account.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_AWS_70", "S3.2", "S3.3"],
    remediation:
        "Name the principals that need access, or narrow the statement by a condition that they cannot choose: aws:PrincipalOrgID, " +
        "aws:SourceArn, aws:SourceAccount, aws:SourceVpce or a narrow aws:SourceIp.",
    check: eachDocument("bucket", findEveryone),
};
