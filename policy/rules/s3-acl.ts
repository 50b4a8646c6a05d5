import type { ResourceRule } from "../lib/rule";

/** Buckets, their ACLs and logging, objects and copies of them. */
const types =
    /^aws:s3\/(?:bucket(?:V2)?|bucketAcl(?:V2)?|bucketLogging(?:V2)?|bucketObject(?:v2)?|objectCopy):|^aws-native:s3:Bucket$/;
/** As aws and aws-native spell them. */
const publicAcls = new Set(["publicread", "publicreadwrite", "authenticatedread"]);
/** Anonymous callers, and whoever has an account of AWS. */
const publicGroup = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)\/?$/i;
const grants = [["grants"], ["accessControlPolicy", "grants"], ["targetGrants"]];

export const s3Acl: ResourceRule = {
    name: "s3-acl",
    description:
        "No access control list of a bucket or an object lets the public in, nor everyone with an AWS account.",
    severity: "critical",
    level: "mandatory",
    references: ["CKV_AWS_20", "CKV_AWS_57", "S3.2", "S3.3"],
    remediation: "Leave the ACL out, and give access by a bucket policy to those who need it.",
    check: ({ type, fields }, judge) => {
        if (!types.test(type)) return;
        judge.each([fields.at("acl"), fields.at("accessControl")], (acl) => {
            if (publicAcls.has(acl.text?.toLowerCase().replaceAll("-", "") ?? ""))
                judge.wrong(acl, `is ${acl.text}; it must be private, or absent`);
        });
        judge.each(grants, (path) => {
            judge.each(fields.at(...path).items, (grant) => {
                judge.each([grant.at("uri"), grant.at("grantee").at("uri")], (uri) => {
                    if (publicGroup.test(uri.text ?? ""))
                        judge.wrong(
                            uri,
                            "is a group of everyone; grant access by a bucket policy to those who need it",
                        );
                });
            });
        });
    },
};
